using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Neighbours;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Makes squares of one colour, their mean, out of I420 pictures.</summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
public sealed unsafe class Pixelation
{
    /// <summary>Least and most pixels along a square's side.</summary>
    public const int Smallest = 2, Largest = 128;

    private readonly short[] _sums = GC.AllocateArray<short>(FrameLayout.MaxDimension, pinned: true);
    private readonly int _side;

    /// <summary>Prepares for squares of one size.</summary>
    /// <param name="side">In pixels, even.</param>
    /// <exception cref="ArgumentOutOfRangeException">The side is odd or out of range.</exception>
    public Pixelation(int side)
    {
        if (side is < Smallest or > Largest || side % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(side), side, $"A square's side is an even number from {Smallest} to {Largest}.");
        _side = side;
    }

    /// <summary>Makes squares out of a frame, in place.</summary>
    /// <param name="frame">An I420 picture.</param>
    /// <exception cref="ArgumentException">It is in another format.</exception>
    public void Apply(in FrameView frame)
    {
        FrameCheck.I420(frame);
        fixed (short* sums = _sums)
        {
            for (int plane = 0; plane < 3; plane++)
            {
                int side = plane == 0 ? _side : _side / 2, rows = PlaneGeometry.Rows(frame.Format, frame.Height, plane);
                int width = PlaneGeometry.RowBytes(frame.Format, frame.Width, plane);
                for (int y = 0; y < rows; y += side)
                    Squares(frame.Row(plane, y), frame.Stride(plane), sums, width, Math.Min(side, rows - y), side);
            }
        }
    }

    /// <summary>One row of squares: every column is summed up, then every square, and its mean is written over it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squares(byte* rows, int stride, short* sums, int width, int height, int side)
    {
        new Span<short>(sums, width).Clear();
        WordRow row = new() { Target0 = sums };
        for (int y = 0; y < height; y++)
        {
            row.Bytes = rows + (nint)y * stride;
            Traversal.Run<RowSumKernel, WordRow>(row, width);
        }

        for (int x = 0; x < width; x += side)
        {
            int columns = Math.Min(side, width - x), sum = 0, count = columns * height;
            for (int column = 0; column < columns; column++) sum += sums[x + column];
            Unsafe.InitBlockUnaligned(rows + x, (byte)((sum + count / 2) / count), (uint)columns);
        }

        for (int y = 1; y < height; y++) Unsafe.CopyBlockUnaligned(rows + (nint)y * stride, rows, (uint)width);
    }
}
