using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Warping;

/// <summary>Where the samples of a plane come from, for every eighth column and row, in 12 fractional bits: a hundredth of what a table of all of them would take, and cheap to make anew for each frame.</summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
internal sealed unsafe class PlaneMap
{
    /// <summary>Fractional bits of a place.</summary>
    public const int PlaceBits = 12;

    /// <summary>Samples from one node to the next, as a power of two.</summary>
    public const int CellBits = 3;

    public const int Cell = 1 << CellBits;

    // Further outside than this is as outside; differences of neighbours then stay within their numbers.
    private const double Furthest = 1 << 14;

    private readonly int _columns;
    private readonly int _lines;
    private readonly bool _isChroma;
    private readonly int[] _nodes;

    public PlaneMap(int width, int height, bool isChroma)
    {
        _columns = (width + Cell - 1) / Cell + 1;
        _lines = (height + Cell - 1) / Cell + 1;
        _isChroma = isChroma;
        _nodes = GC.AllocateArray<int>(2 * _columns * _lines, pinned: true);
    }

    /// <summary>Numbers from one line of nodes to the next.</summary>
    public int Stride => 2 * _columns;

    /// <summary>The nodes, column and row of each in turn.</summary>
    public int[] Nodes => _nodes;

    /// <summary>Asks a mapping for every node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set<TMapping>(in TMapping mapping)
        where TMapping : struct, IMapping
    {
        // A chroma sample lies between its four pixels.
        double scale = _isChroma ? 2 : 1, shift = _isChroma ? 0.5 : 0;
        int at = 0;
        for (int line = 0; line < _lines; line++)
        {
            for (int column = 0; column < _columns; column++)
            {
                mapping.Map(column * Cell * scale + shift, line * Cell * scale + shift, out double x, out double y);
                _nodes[at++] = Fixed((x - shift) / scale);
                _nodes[at++] = Fixed((y - shift) / scale);
            }
        }
    }

    private static int Fixed(double place) =>
        double.IsNaN(place) ? 0 : (int)Math.Round(Math.Clamp(place, -Furthest, Furthest) * (1 << PlaceBits));
}
