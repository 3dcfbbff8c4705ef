using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>One colour.</summary>
internal sealed class SolidPattern(YuvColor color) : ITestPattern
{
    public bool IsStill => true;

    public void Paint(in FrameView target, long frame) => Painter.Rectangle(target, 0, 0, target.Width, target.Height, color);
}
