using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Analysis.Segmentation;

/// <summary>
/// Keeps a mask from flickering: where the picture did not move, the mask goes a quarter of its way at a time; where it did, and next to it, the new
/// mask counts at once, so that nothing is drawn after who moves.
/// </summary>
/// <remarks>Thread-bound. Allocates nothing once it is made.</remarks>
internal sealed unsafe class MaskSmoother(int width, int height) : IDisposable
{
    private readonly FrameBuffer _before = new(FrameLayout.Packed(PixelFormat.Gray8, width, height), ColorMatrix.Bt601, ColorRange.Full);
    private bool _hasBefore;

    /// <summary>What was before has nothing to do with what comes.</summary>
    public void Forget() => _hasBefore = false;

    /// <summary>Smooths a mask where it lies.</summary>
    /// <param name="mask">The new one.</param>
    /// <param name="motion">What has moved since the one before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Smooth(in FrameView mask, MotionMeter motion)
    {
        FrameView before = _before.View;
        if (_hasBefore)
        {
            for (int line = 0; line < motion.Lines; line++)
                for (int column = 0; column < motion.Columns; column++)
                    if (!IsNearMotion(motion, column, line)) Smooth(before, mask, column, line);
        }

        FrameCopy.Copy(mask, before);
        _hasBefore = true;
    }

    public void Dispose() => _before.Dispose();

    private static bool IsNearMotion(MotionMeter motion, int column, int line)
    {
        for (int y = Math.Max(0, line - 1); y <= Math.Min(motion.Lines - 1, line + 1); y++)
            for (int x = Math.Max(0, column - 1); x <= Math.Min(motion.Columns - 1, column + 1); x++)
                if (motion.HasMoved(x, y)) return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Smooth(in FrameView before, in FrameView mask, int column, int line)
    {
        int left = column * MotionMeter.BlockWidth, right = Math.Min(mask.Width, left + MotionMeter.BlockWidth);
        int bottom = Math.Min(mask.Height, (line + 1) * MotionMeter.BlockHeight);
        for (int y = line * MotionMeter.BlockHeight; y < bottom; y++)
        {
            byte* old = before.Row(0, y), now = mask.Row(0, y);
            for (int x = left; x < right; x++)
            {
                // Away from zero, so that it arrives.
                int way = now[x] - old[x];
                now[x] = (byte)(old[x] + (way > 0 ? way + 3 >> 2 : way >> 2));
            }
        }
    }
}
