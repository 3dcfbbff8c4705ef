using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Lattices;

namespace Camfx.Imaging;

/// <summary>
/// A colour look-up table over red, green and blue, applied to I420 pictures by tetrahedral interpolation. Every luma sample has a look-up of its own, by the chroma sample it
/// has; chroma has one for each sample, by the mean of its four luma samples. The nodes hold Y, U and V: since both ways are linear, interpolating those is interpolating R, G and B, and
/// what comes out is within one code of it in real numbers.
/// </summary>
/// <remarks>Thread-bound to the thread that applies it. Only the constructor allocates: 16 bytes a node.</remarks>
public sealed unsafe class ColorCube
{
    /// <summary>Fewest and most nodes along an edge.</summary>
    public const int SmallestSize = 2, LargestSize = 129;

    private readonly Lattice _bt601;
    private readonly Lattice _bt709;
    private readonly ColorRange _range;

    // Kept for the lattices' pointers into them.
    private readonly int[][] _nodes;
    private readonly int[] _terms = GC.AllocateArray<int>(3 * Stride, pinned: true);
    private const int Stride = FrameLayout.MaxDimension / 2;

    /// <summary>Prepares a cube for both matrices.</summary>
    /// <param name="size">Nodes along an edge.</param>
    /// <param name="colors">Red, green and blue of each node, 0 to 1, red changing fastest and blue slowest.</param>
    /// <param name="range">Of the pictures.</param>
    /// <exception cref="ArgumentException">The size is out of range, or there are not three numbers for each node.</exception>
    public ColorCube(int size, ReadOnlySpan<float> colors, ColorRange range)
    {
        if (size is < SmallestSize or > LargestSize)
            throw new ArgumentOutOfRangeException(nameof(size), size, $"A cube has {SmallestSize} to {LargestSize} nodes along an edge.");
        if (colors.Length != 3 * size * size * size)
            throw new ArgumentException($"A cube of {size} has {3 * size * size * size} numbers; got {colors.Length}.", nameof(colors));
        _range = range;
        _nodes = [.. Enumerable.Range(0, 4).Select(_ => GC.AllocateArray<int>(size * size * size, pinned: true))];
        _bt601 = Prepare(size, colors, ColorMatrix.Bt601, _nodes[0], _nodes[1]);
        _bt709 = Prepare(size, colors, ColorMatrix.Bt709, _nodes[2], _nodes[3]);
    }

    /// <summary>Looks a frame up, in place.</summary>
    /// <param name="frame">An I420 picture in the range given to the constructor.</param>
    /// <exception cref="ArgumentException">Format or range do not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(in FrameView frame)
    {
        FrameCheck.I420(frame);
        if (frame.Range != _range) throw new ArgumentException($"This cube is for the {_range} range, but the picture is {frame.Range}.");
        Lattice lattice = frame.Matrix == ColorMatrix.Bt709 ? _bt709 : _bt601;
        fixed (int* terms = _terms)
        {
            for (int y = 0; y < frame.Height; y += 2)
            {
                byte* first = frame.Row(0, y), second = frame.Row(0, Math.Min(y + 1, frame.Height - 1)), u = frame.Row(1, y / 2), v = frame.Row(2, y / 2);
                LatticePass.Terms(lattice, u, v, terms, Stride, (frame.Width + 1) / 2);
                LatticePass.Chroma(lattice, first, second, terms, Stride, u, v, frame.Width);
                LatticePass.Luma(lattice, first, terms, Stride, first, frame.Width);
                if (second != first) LatticePass.Luma(lattice, second, terms, Stride, second, frame.Width);
            }
        }
    }

    private Lattice Prepare(int size, ReadOnlySpan<float> colors, ColorMatrix matrix, int[] luma, int[] chroma)
    {
        ColorWeights weights = ColorWeights.Of(matrix);
        double black = ColorWeights.LumaOffset(_range), lumaSpan = ColorWeights.LumaSpan(_range), chromaSpan = ColorWeights.ChromaSpan(_range);
        double ofRed = 2 * (1 - weights.Kr), ofBlue = 2 * (1 - weights.Kb);
        for (int node = 0; node < luma.Length; node++)
        {
            double red = colors[3 * node], green = colors[3 * node + 1], blue = colors[3 * node + 2];
            double y = weights.Kr * red + weights.Kg * green + weights.Kb * blue;
            luma[node] = Code(black + lumaSpan * y);
            chroma[node] = Code(128 + chromaSpan * (blue - y) / ofBlue) | Code(128 + chromaSpan * (red - y) / ofRed) << 16;
        }

        double one = (size - 1) * (double)(1 << Lattice.PlaceBits + Lattice.TermBits);
        fixed (int* lumaNodes = luma, chromaNodes = chroma)
        {
            return new Lattice
            {
                Size = size,
                Luma = lumaNodes,
                Chroma = chromaNodes,
                LumaFactor = (int)Math.Round(one / lumaSpan),
                Offset = (int)Math.Round(-black * one / lumaSpan),
                RedV = (int)Math.Round(ofRed * one / chromaSpan),
                GreenU = (int)Math.Round(-weights.Kb * ofBlue / weights.Kg * one / chromaSpan),
                GreenV = (int)Math.Round(-weights.Kr * ofRed / weights.Kg * one / chromaSpan),
                BlueU = (int)Math.Round(ofBlue * one / chromaSpan),
            };
        }
    }

    private static int Code(double value) => (int)Math.Round(Math.Clamp(value, 0, 255) * (1 << Lattice.NodeBits));
}
