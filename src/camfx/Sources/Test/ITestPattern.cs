using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>A picture that is computed, not taken.</summary>
internal interface ITestPattern
{
    /// <summary>Whether every frame is the same; then it is painted once.</summary>
    bool IsStill { get; }

    /// <summary>Paints every pixel of an I420 frame, BT.601 limited range.</summary>
    /// <param name="target">The frame.</param>
    /// <param name="frame">Frames drawn before this one.</param>
    void Paint(in FrameView target, long frame);
}
