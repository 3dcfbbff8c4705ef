using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Neighbours;

/// <summary>
/// Walks a plane row by row with two rows on each side. Rows are copied to lines with room beyond both ends, where the outermost samples are repeated: so kernels look
/// around without asking where the edge is, and the result may go where the plane lies.
/// </summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
internal sealed unsafe class NeighbourWalk
{
    private const int Lines = 5, Around = 2, Room = 64;

    private readonly int _stride;
    private readonly byte[] _lines;
    private readonly short[] _words;

    public NeighbourWalk(int width)
    {
        _stride = width + 2 * Room;
        _lines = GC.AllocateArray<byte>(Lines * _stride, pinned: true);
        _words = GC.AllocateArray<short>(_stride, pinned: true);
    }

    /// <summary>Makes a plane out of another one, or out of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TWork>(byte* source, int sourceStride, byte* target, int targetStride, int width, int height, TWork work)
        where TWork : struct, INeighbourWork
    {
        fixed (byte* lines = _lines)
        fixed (short* words = _words)
        {
            for (int y = 0; y < Math.Min(Around, height); y++) Take(source + (nint)y * sourceStride, lines, y, width);
            for (int y = 0; y < height; y++)
            {
                int next = y + Around;
                if (next < height) Take(source + (nint)next * sourceStride, lines, next, width);
                work.Run(
                    new NeighbourRow
                    {
                        Above2 = Line(lines, Math.Max(y - 2, 0)),
                        Above = Line(lines, Math.Max(y - 1, 0)),
                        Middle = Line(lines, y),
                        Below = Line(lines, Math.Min(y + 1, height - 1)),
                        Below2 = Line(lines, Math.Min(y + 2, height - 1)),
                        Words = words + Room,
                        Target = target + (nint)y * targetStride,
                    },
                    width);
            }
        }
    }

    private byte* Line(byte* lines, int y) => lines + y % Lines * _stride + Room;

    private void Take(byte* row, byte* lines, int y, int width)
    {
        byte* line = Line(lines, y);
        Unsafe.CopyBlockUnaligned(line, row, (uint)width);
        line[-1] = line[-2] = line[0];
        line[width] = line[width + 1] = line[width - 1];
    }
}
