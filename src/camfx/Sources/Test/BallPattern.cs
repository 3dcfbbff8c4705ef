using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>A white ball that bounces over black: shows whether the picture moves, and how smoothly.</summary>
internal sealed unsafe class BallPattern : ITestPattern
{
    public bool IsStill => false;

    public void Paint(in FrameView target, long frame)
    {
        Painter.Rectangle(target, 0, 0, target.Width, target.Height, YuvColor.Black);
        int radius = Math.Max(target.Height / 12, 2);
        int step = Math.Max(target.Width / 120, 1);
        int centerX = radius + Bounce(frame * step, target.Width - 2 * radius);
        int centerY = radius + Bounce(frame * step * 3 / 4, target.Height - 2 * radius);
        for (int dy = -radius; dy <= radius; dy++)
        {
            int half = (int)Math.Sqrt(radius * radius - dy * dy);
            Painter.LumaRectangle(target, centerX - half, centerY + dy, 2 * half + 1, 1, YuvColor.White.Y);
        }
    }

    /// <summary>A position that runs from 0 to <paramref name="span"/> and back.</summary>
    private static int Bounce(long position, int span)
    {
        if (span <= 0) return 0;
        long within = position % (2L * span);
        return (int)(within <= span ? within : 2L * span - within);
    }
}
