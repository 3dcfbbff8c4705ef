using Camfx.Frames;

namespace Camfx.Effects;

/// <summary>
/// One step of a camera's effect chain. It works on I420 frames of the camera's size, on the render thread, once a frame,
/// and allocates nothing there.
/// </summary>
internal interface IEffect : IDisposable
{
    /// <summary>Whether it changes the frame where it lies; then both views of <see cref="Apply"/> are the same memory.</summary>
    bool IsInPlace { get; }

    /// <summary>Makes <paramref name="target"/> out of <paramref name="source"/>.</summary>
    /// <param name="source">The picture so far.</param>
    /// <param name="target">Where the result goes; every pixel is written.</param>
    /// <param name="presentationTime">When the frame is shown, CLOCK_MONOTONIC in ns: what moving effects are timed by.</param>
    void Apply(in FrameView source, in FrameView target, long presentationTime);
}
