using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>Eight full-height bars, 75 % (EBU): white, yellow, cyan, green, magenta, red, blue, black.</summary>
internal sealed class BarsPattern : ITestPattern
{
    private const int Level = 191;

    public bool IsStill => true;

    public void Paint(in FrameView target, long frame)
    {
        for (int bar = 0; bar < 8; bar++)
        {
            // Green has the largest luma weight, then red, then blue: counting down the bits G, R, B gives falling luma.
            int bits = 7 - bar;
            var color = YuvColor.FromRgb((bits & 2) != 0 ? Level : 0, (bits & 4) != 0 ? Level : 0, (bits & 1) != 0 ? Level : 0);
            int left = target.Width * bar / 8 & ~1, right = target.Width * (bar + 1) / 8 & ~1;
            Painter.Rectangle(target, left, 0, right - left, target.Height, color);
        }
    }
}
