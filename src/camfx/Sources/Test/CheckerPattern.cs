using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>Black and white squares, sixteen to the picture's width: shows scaling and sharpness.</summary>
internal sealed class CheckerPattern : ITestPattern
{
    public bool IsStill => true;

    public void Paint(in FrameView target, long frame)
    {
        int side = Math.Max(target.Width / 16 & ~1, 2);
        for (int y = 0; y < target.Height; y += side)
            for (int x = 0; x < target.Width; x += side)
                Painter.Rectangle(target, x, y, side, side, (x + y) / side % 2 == 0 ? YuvColor.White : YuvColor.Black);
    }
}
