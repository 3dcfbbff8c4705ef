using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>The connected parts (over edges, not corners) of a picture of zeros and ones, found from its runs in each row by union-find.</summary>
/// <remarks>Thread-bound. Nothing allocates but the constructor.</remarks>
internal sealed class Regions(int width, int height)
{
    private readonly Run[] _runs = new Run[width * height];
    private readonly int[] _parents = new int[width * height];
    private readonly int[] _sizes = new int[width * height];
    private readonly bool[] _open = new bool[width * height];
    private readonly int[] _rows = new int[height + 1];

    /// <summary>How many runs there are.</summary>
    public int Count { get; private set; }

    public ref readonly Run this[int run] => ref _runs[run];

    /// <summary>The run that stands for all of a run's part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Root(int run)
    {
        while (_parents[run] != run) run = _parents[run] = _parents[_parents[run]];
        return run;
    }

    /// <summary>Pixels of the part.</summary>
    public int Size(int root) => _sizes[root];

    /// <summary>Whether the part reaches the picture's left, right or upper edge. People are cut off by the lower one, so that it closes a hole.</summary>
    public bool IsOpen(int root) => _open[root];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(ReadOnlySpan<byte> picture)
    {
        Count = 0;
        for (int y = 0; y < height; y++)
        {
            _rows[y] = Count;
            ReadOnlySpan<byte> row = picture.Slice(y * width, width);
            for (int x = 0; x < width;)
            {
                int length = row[x..].IndexOfAnyExcept(row[x]), end = length < 0 ? width : x + length;
                _runs[Count] = new Run(y, x, end, row[x] != 0);
                _parents[Count] = Count;
                _sizes[Count] = 0;
                _open[Count] = false;
                Count++;
                x = end;
            }

            if (y > 0) Join(y);
        }

        for (int run = 0; run < Count; run++)
        {
            int root = Root(run);
            ref readonly Run part = ref _runs[run];
            _sizes[root] += part.End - part.Start;
            _open[root] |= part.Row == 0 || part.Start == 0 || part.End == width;
        }
    }

    private void Join(int y)
    {
        int above = _rows[y - 1], here = _rows[y], last = here;
        while (above < last && here < Count)
        {
            if (_runs[above].IsOne == _runs[here].IsOne)
            {
                int a = Root(above), b = Root(here);
                if (a < b) _parents[b] = a;
                else _parents[a] = b;
            }

            // Runs alternate: whichever ends first gives way.
            if (_runs[above].End <= _runs[here].End) above++;
            else here++;
        }
    }
}
