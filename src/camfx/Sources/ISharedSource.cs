using Camfx.Frames;

namespace Camfx.Sources;

/// <summary>
/// A source that is opened once however many cameras show it: what it needs is there only once (a webcam), or is to be the same for all of them
/// (a film's position). Each camera brings what fits its pictures into its own frames.
/// </summary>
internal interface ISharedSource : ISource
{
    /// <summary>
    /// Looks what it would open, and gives a text that is the same for every source that would open the same thing in the same way; null: it is not there.
    /// It may take its time, and is called on a thread that nothing waits for. Null itself: that is the URI.
    /// </summary>
    Func<string?>? FindKey => null;

    /// <summary>The key of what it has open now, for one that <see cref="FindKey"/> was not there yet; null: nothing. Thread-safe.</summary>
    string? OpenKey => null;

    /// <summary>As <see cref="ISource.Draw"/>, for one of the cameras. Thread-safe: each camera's render thread calls it.</summary>
    /// <param name="fitter">The camera's own.</param>
    /// <param name="target">As in <see cref="ISource.Draw"/>.</param>
    /// <param name="time">As in <see cref="ISource.Draw"/>; what has been shown to one camera is not shown to another later.</param>
    /// <param name="picture">As in <see cref="ISource.Draw"/>.</param>
    bool Draw(PictureFitter fitter, in FrameView target, long time, out PictureInfo picture);
}
