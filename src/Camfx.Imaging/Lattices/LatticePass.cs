using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Lattices;

/// <summary>
/// The passes over one row pair of an I420 picture: what its chroma adds to places in the cube, then the new chroma, then the new luma. A node costs a gather, so the eight-pixel
/// form needs AVX2; elsewhere the scalar form, which is the specification, does it all.
/// </summary>
internal static unsafe class LatticePass
{
    private const int Shift = Lattice.PlaceBits + Lattice.NodeBits, Half = 1 << Shift - 1;

    /// <summary>The terms of <paramref name="count"/> chroma samples: red's, then green's and blue's, <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Terms(in Lattice lattice, byte* u, byte* v, int* terms, int stride, int count)
    {
        int i = 0;
        if (Avx2.IsSupported)
        {
            for (; i <= count - 8; i += 8)
            {
                Vector256<int> cb = Avx2.ConvertToVector256Int32(u + i) - Vector256.Create(128), cr = Avx2.ConvertToVector256Int32(v + i) - Vector256.Create(128);
                Vector256<int> offset = Vector256.Create(lattice.Offset);
                (offset + cr * lattice.RedV).Store(terms + i);
                (offset + cb * lattice.GreenU + cr * lattice.GreenV).Store(terms + stride + i);
                (offset + cb * lattice.BlueU).Store(terms + 2 * stride + i);
            }
        }

        for (; i < count; i++)
        {
            int cb = u[i] - 128, cr = v[i] - 128;
            terms[i] = lattice.Offset + cr * lattice.RedV;
            terms[stride + i] = lattice.Offset + cb * lattice.GreenU + cr * lattice.GreenV;
            terms[2 * stride + i] = lattice.Offset + cb * lattice.BlueU;
        }
    }

    /// <summary>The chroma of a row pair, by the mean of four luma samples each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chroma(in Lattice lattice, byte* luma0, byte* luma1, int* terms, int stride, byte* u, byte* v, int width)
    {
        int i = 0;
        if (Avx2.IsSupported)
        {
            for (; i <= width / 2 - 8; i += 8)
            {
                // Sums of neighbours in both rows, widened to one number each.
                Vector128<short> sums = Ssse3.MultiplyAddAdjacent(Vector128.Load(luma0 + 2 * i), Vector128<sbyte>.One)
                    + Ssse3.MultiplyAddAdjacent(Vector128.Load(luma1 + 2 * i), Vector128<sbyte>.One);
                Vector256<int> term = Avx2.ConvertToVector256Int32(sums) * lattice.LumaFactor >> 2;
                Tetrahedron<Vector256<int>> at = Tetrahedron.At(
                    lattice, term + Vector256.Load(terms + i), term + Vector256.Load(terms + stride + i), term + Vector256.Load(terms + 2 * stride + i));
                Vector256<int> node0 = Gather(lattice.Chroma, at.Node0), node1 = Gather(lattice.Chroma, at.Node1);
                Vector256<int> node2 = Gather(lattice.Chroma, at.Node2), node3 = Gather(lattice.Chroma, at.Node3), low = Vector256.Create(0xffff);
                StoreBytes(u + i, Sum(at, node0 & low, node1 & low, node2 & low, node3 & low));
                StoreBytes(v + i, Sum(at, node0 >> 16, node1 >> 16, node2 >> 16, node3 >> 16));
            }
        }

        for (; i < (width + 1) / 2; i++)
        {
            int left = 2 * i, right = Math.Min(left + 1, width - 1);
            int term = (luma0[left] + luma0[right] + luma1[left] + luma1[right]) * lattice.LumaFactor >> 2;
            Tetrahedron<int> at = Tetrahedron.At(lattice, term + terms[i], term + terms[stride + i], term + terms[2 * stride + i]);
            int node0 = lattice.Chroma[at.Node0], node1 = lattice.Chroma[at.Node1], node2 = lattice.Chroma[at.Node2], node3 = lattice.Chroma[at.Node3];
            u[i] = (byte)Sum(at, node0 & 0xffff, node1 & 0xffff, node2 & 0xffff, node3 & 0xffff);
            v[i] = (byte)Sum(at, node0 >> 16, node1 >> 16, node2 >> 16, node3 >> 16);
        }
    }

    /// <summary>The luma of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Luma(in Lattice lattice, byte* luma, int* terms, int stride, byte* target, int width)
    {
        int x = 0;
        if (Avx2.IsSupported)
        {
            for (; x <= width - 8; x += 8)
            {
                Vector256<int> term = Avx2.ConvertToVector256Int32(luma + x) * lattice.LumaFactor;
                Tetrahedron<Vector256<int>> at = Tetrahedron.At(
                    lattice, term + Twice(terms + x / 2), term + Twice(terms + stride + x / 2), term + Twice(terms + 2 * stride + x / 2));
                StoreBytes(target + x, Sum(
                    at, Gather(lattice.Luma, at.Node0), Gather(lattice.Luma, at.Node1), Gather(lattice.Luma, at.Node2), Gather(lattice.Luma, at.Node3)));
            }
        }

        for (; x < width; x++)
        {
            int term = luma[x] * lattice.LumaFactor, i = x / 2;
            Tetrahedron<int> at = Tetrahedron.At(lattice, term + terms[i], term + terms[stride + i], term + terms[2 * stride + i]);
            target[x] = (byte)Sum(at, lattice.Luma[at.Node0], lattice.Luma[at.Node1], lattice.Luma[at.Node2], lattice.Luma[at.Node3]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Sum(in Tetrahedron<int> at, int node0, int node1, int node2, int node3) =>
        at.Weight0 * node0 + at.Weight1 * node1 + at.Weight2 * node2 + at.Weight3 * node3 + Half >> Shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sum(
        in Tetrahedron<Vector256<int>> at, Vector256<int> node0, Vector256<int> node1, Vector256<int> node2, Vector256<int> node3)
    {
        // Both fit a word, and the upper words are zero: one multiply-add of words is the product, in half the time of a multiplication of numbers.
        Vector256<int> sum = Product(at.Weight0, node0) + Product(at.Weight1, node1) + Product(at.Weight2, node2) + Product(at.Weight3, node3);
        return sum + Vector256.Create(Half) >> Shift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Product(Vector256<int> weight, Vector256<int> node) => Avx2.MultiplyAddAdjacent(weight.AsInt16(), node.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Gather(int* nodes, Vector256<int> indices) => Avx2.GatherVector256(nodes, indices, sizeof(int));

    /// <summary>Four terms, each for two pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Twice(int* terms) =>
        Avx2.PermuteVar8x32(Vector128.Load(terms).ToVector256Unsafe(), Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBytes(byte* target, Vector256<int> values)
    {
        Vector128<short> words = Sse2.PackSignedSaturate(values.GetLower(), values.GetUpper());
        Sse2.PackUnsignedSaturate(words, words).GetLower().Store(target);
    }
}
