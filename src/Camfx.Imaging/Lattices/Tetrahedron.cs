using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Lattices;

/// <summary>
/// The four nodes around a place in the cube, and their weights, 4096 in all: the corners of one of the six tetrahedra that share the diagonal of a cell. Along greys only
/// the diagonal's own two ends count, so that greys keep their hue.
/// </summary>
/// <typeparam name="T">One number, or a vector of them.</typeparam>
internal struct Tetrahedron<T>
{
    public T Node0, Node1, Node2, Node3;
    public T Weight0, Weight1, Weight2, Weight3;
}

/// <summary>How a place finds its tetrahedron.</summary>
internal static class Tetrahedron
{
    private const int One = 1 << Lattice.PlaceBits;

    /// <summary>For sums of terms, of one pixel: the specification.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tetrahedron<int> At(in Lattice lattice, int red, int green, int blue)
    {
        int size = lattice.Size, square = size * size;
        int cellRed = Cell(size, ref red), cellGreen = Cell(size, ref green), cellBlue = Cell(size, ref blue);
        int most = Math.Max(Math.Max(red, green), blue), least = Math.Min(Math.Min(red, green), blue), middle = red + green + blue - most - least;
        int first = red == most ? 1 : green == most ? size : square, last = blue == least ? square : green == least ? size : 1;
        int node = cellBlue * square + cellGreen * size + cellRed, opposite = node + square + size + 1;
        return new Tetrahedron<int>
        {
            Node0 = node,
            Node1 = node + first,
            Node2 = opposite - last,
            Node3 = opposite,
            Weight0 = One - most,
            Weight1 = most - middle,
            Weight2 = middle - least,
            Weight3 = least,
        };
    }

    /// <summary>The same for eight pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tetrahedron<Vector256<int>> At(in Lattice lattice, Vector256<int> red, Vector256<int> green, Vector256<int> blue)
    {
        Vector256<int> size = Vector256.Create(lattice.Size), square = Vector256.Create(lattice.Size * lattice.Size), one = Vector256<int>.One;
        Vector256<int> cellRed = Cell(lattice.Size, ref red), cellGreen = Cell(lattice.Size, ref green), cellBlue = Cell(lattice.Size, ref blue);
        Vector256<int> most = Vector256.Max(Vector256.Max(red, green), blue), least = Vector256.Min(Vector256.Min(red, green), blue);
        Vector256<int> middle = red + green + blue - most - least;
        Vector256<int> first = Pick(Avx2.CompareEqual(red, most), one, Pick(Avx2.CompareEqual(green, most), size, square));
        Vector256<int> last = Pick(Avx2.CompareEqual(blue, least), square, Pick(Avx2.CompareEqual(green, least), size, one));
        Vector256<int> node = cellBlue * square + cellGreen * size + cellRed, opposite = node + square + size + one;
        return new Tetrahedron<Vector256<int>>
        {
            Node0 = node,
            Node1 = node + first,
            Node2 = opposite - last,
            Node3 = opposite,
            Weight0 = Vector256.Create(One) - most,
            Weight1 = most - middle,
            Weight2 = middle - least,
            Weight3 = least,
        };
    }

    /// <summary>The cell that a sum of terms lies in; what is left of the sum is the place within it, both ends included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Cell(int size, ref int sum)
    {
        int place = Math.Clamp(sum >> Lattice.TermBits, 0, size - 1 << Lattice.PlaceBits);
        int cell = Math.Min(place >> Lattice.PlaceBits, size - 2);
        sum = place - (cell << Lattice.PlaceBits);
        return cell;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Cell(int size, ref Vector256<int> sum)
    {
        Vector256<int> place = Vector256.Min(Vector256.Max(sum >> Lattice.TermBits, Vector256<int>.Zero), Vector256.Create(size - 1 << Lattice.PlaceBits));
        Vector256<int> cell = Vector256.Min(place >> Lattice.PlaceBits, Vector256.Create(size - 2));
        sum = place - (cell << Lattice.PlaceBits);
        return cell;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Pick(Vector256<int> mask, Vector256<int> yes, Vector256<int> no) => Avx2.BlendVariable(no, yes, mask);
}
