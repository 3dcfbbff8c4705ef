using Camfx.Frames;

namespace Camfx.Sources;

/// <summary>
/// Where a camera's pictures come from. It is started when somebody watches and disposed of when nobody does. Sources that wait for
/// something (a file's own pace, a device) do so on a thread of their own and keep the newest picture ready; <see cref="Draw"/> never waits.
/// </summary>
internal interface ISource : IDisposable
{
    /// <summary>Opens what it needs and closes it again, so that a source that cannot work is refused before a camera is made of it.</summary>
    /// <exception cref="CamfxException">It cannot work; the message says why and what to do.</exception>
    void Probe();

    /// <summary>Begins to work and returns at once. What goes wrong later is said by <see cref="Draw"/>.</summary>
    /// <param name="arrived">Called on whatever thread when <see cref="Draw"/> has something newer to show or to say.</param>
    void Start(Action arrived);

    /// <summary>
    /// Draws the newest picture that is due into <paramref name="target"/>. Render thread only; allocates nothing once pictures flow.
    /// </summary>
    /// <param name="target">I420, limited range, of the camera's size; every pixel is written when the result is true.</param>
    /// <param name="time">The tick the picture is for, CLOCK_MONOTONIC in ns; ticks lie exactly one frame interval (or several) apart.</param>
    /// <param name="picture">What is known of the picture drawn.</param>
    /// <returns>False while there is no picture yet.</returns>
    /// <exception cref="CamfxException">The source has failed; the message says why. It is then disposed of and tried again later.</exception>
    bool Draw(in FrameView target, long time, out PictureInfo picture);

    /// <summary>Pictures that were replaced by a newer one before anybody saw them.</summary>
    long Dropped { get; }

    /// <summary>Pictures that came damaged and were left out. Thread-safe.</summary>
    long Corrupted => 0;

    /// <summary>
    /// Why <see cref="Draw"/> has no picture although the source works: it waits for something that will come back, and needs not be opened anew.
    /// Null otherwise. Thread-safe; a change is told by <c>arrived</c>.
    /// </summary>
    string? Trouble => null;

    /// <summary>Bytes of pixels copied or converted into the camera's frames from memory somebody else drew. Thread-safe.</summary>
    long CopiedBytes => 0;
}
