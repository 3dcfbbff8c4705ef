using Camfx.Frames;

namespace Camfx.Sources;

/// <summary>
/// A source that is opened once however many cameras show it: what it needs is there only once (a webcam), or is to be the same for all of them
/// (a film's position). Each camera brings what fits its pictures into its own frames.
/// </summary>
internal interface ISharedSource : ISource
{
    /// <summary>As <see cref="ISource.Draw"/>, for one of the cameras. Thread-safe: each camera's render thread calls it.</summary>
    /// <param name="fitter">The camera's own.</param>
    /// <param name="target">As in <see cref="ISource.Draw"/>.</param>
    /// <param name="time">As in <see cref="ISource.Draw"/>; what has been shown to one camera is not shown to another later.</param>
    /// <param name="picture">As in <see cref="ISource.Draw"/>.</param>
    bool Draw(PictureFitter fitter, in FrameView target, long time, out PictureInfo picture);
}
