using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Analysis.Segmentation;

/// <summary>
/// Says where a small picture differs from one before, in blocks of 16x8 pixels. Noise does not count: a block has moved when its pixels differ by
/// two levels on average, which noise of small pictures does not reach.
/// </summary>
/// <remarks>Thread-bound. Allocates nothing once it is made.</remarks>
internal sealed unsafe class MotionMeter : IDisposable
{
    /// <summary>Width of a block in pixels of luma.</summary>
    public const int BlockWidth = 16;

    /// <summary>Height of a block in pixels of luma.</summary>
    public const int BlockHeight = 8;

    private const int Threshold = 2;

    private readonly FrameBuffer _before;
    private readonly bool[] _moved;

    public MotionMeter(int width, int height)
    {
        _before = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        Columns = (width + BlockWidth - 1) / BlockWidth;
        Lines = (height + BlockHeight - 1) / BlockHeight;
        _moved = new bool[Columns * Lines];
    }

    /// <summary>Blocks in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows of blocks.</summary>
    public int Lines { get; }

    /// <summary>Whether a block has moved in the picture that was compared last.</summary>
    public bool HasMoved(int column, int line) => _moved[line * Columns + column];

    /// <summary>Compares a picture with the one that was kept.</summary>
    /// <returns>Whether any block has moved.</returns>
    public bool Compare(in FrameView picture)
    {
        _moved.AsSpan().Clear();
        Compare(picture, plane: 0, BlockWidth, BlockHeight);
        Compare(picture, plane: 1, BlockWidth / 2, BlockHeight / 2);
        Compare(picture, plane: 2, BlockWidth / 2, BlockHeight / 2);
        return _moved.AsSpan().Contains(true);
    }

    /// <summary>Keeps a picture for the comparisons to come.</summary>
    public void Keep(in FrameView picture) => FrameCopy.Copy(picture, _before.View);

    public void Dispose() => _before.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare(in FrameView picture, int plane, int blockWidth, int blockHeight)
    {
        FrameView before = _before.View;
        int shift = plane == 0 ? 0 : 1, width = picture.Width + shift >> shift, height = picture.Height + shift >> shift;
        for (int line = 0; line < Lines; line++)
        {
            int rows = Math.Min(blockHeight, height - line * blockHeight);
            for (int column = 0; column < Columns; column++)
            {
                int left = column * blockWidth, columns = Math.Min(blockWidth, width - left), sum = 0;
                for (int y = line * blockHeight; y < line * blockHeight + rows; y++)
                    sum += Difference(picture.Row(plane, y) + left, before.Row(plane, y) + left, columns);
                if (sum > Threshold * rows * columns) _moved[line * Columns + column] = true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Difference(byte* one, byte* other, int count)
    {
        if (count == BlockWidth)
        {
            Vector128<byte> a = Vector128.Load(one), b = Vector128.Load(other), difference = Vector128.Max(a, b) - Vector128.Min(a, b);
            return Vector128.Sum(Vector128.WidenLower(difference) + Vector128.WidenUpper(difference));
        }

        int sum = 0;
        for (int x = 0; x < count; x++) sum += Math.Abs(one[x] - other[x]);
        return sum;
    }
}
