using Camfx.Frames;
using Camfx.Sources;

namespace Camfx.Pipeline;

/// <summary>
/// The source a camera shows, and while it is being changed the one it will show: the old one stays in the picture until the new one has its first,
/// so that nobody sees a card in between.
/// </summary>
/// <param name="first">The source to begin with.</param>
/// <param name="before">What was counted before.</param>
/// <param name="close">Closes what is not shown any more; it may take its time, away from the frames.</param>
/// <remarks>Thread-bound to the render thread, but for the counters and <see cref="IsInTrouble"/>.</remarks>
internal sealed class SourceSwitch(CameraSource first, SourceCounts before, Action<IDisposable> close) : IDisposable
{
    /// <summary>How long a source may take to its first picture, in ns; most have it sooner, and no card flashes by.</summary>
    public const long StartingPause = 500_000_000;

    /// <summary>The same for one that could begin to start only when the one before was closed, in ns.</summary>
    private const long RestartingPause = 2_000_000_000;

    // Both at once: whoever counts never sees a source twice, or not at all.
    private volatile Shown _shown = new(first, before);
    private CameraSource? _next;

    // Until when the last picture is left to stand although there is something to say, and whether it is.
    private long _holdUntil = long.MinValue;
    private bool _isHeld;

    /// <summary>Whose pictures are drawn now.</summary>
    public string Uri => _shown.Source.Uri;

    /// <summary>Why there is no picture, or null.</summary>
    public string? Failure => _isHeld ? null : _shown.Source.Failure;

    /// <summary>Whether the source works but waits for something to come back. Thread-safe.</summary>
    public bool IsInTrouble => _shown.Source.IsInTrouble;

    /// <summary>What was counted so far. Thread-safe.</summary>
    public SourceCounts Counts
    {
        get
        {
            Shown shown = _shown;
            return shown.Before + shown.Source.Counts;
        }
    }

    /// <summary>Pictures nobody saw. Thread-safe.</summary>
    public long Dropped
    {
        get
        {
            Shown shown = _shown;
            return shown.Before.Dropped + shown.Source.Dropped;
        }
    }

    /// <summary>Whether the picture may still come before a card has to say anything.</summary>
    public bool IsAboutToCome(long time) =>
        _isHeld || (Failure is null && time - _shown.Source.WaitingSince < StartingPause);

    /// <summary>From now on the camera is to show another source.</summary>
    public void Replace(CameraSource next)
    {
        if (_next is not null) Close(_next);
        _next = next;

        // Where there is no picture to keep, the old one is not even asked for one.
        if (!_shown.Source.IsOpened) GoOver(next);
    }

    /// <summary>Draws the newest picture; false: there is none, and <see cref="Failure"/> says why if it has failed.</summary>
    public bool TryDraw(in FrameView target, long time, out PictureInfo picture)
    {
        if (_next is not { } next) return TryDrawShown(target, time, out picture);
        if (next.TryDraw(target, time, out picture))
        {
            GoOver(next);
            return true;
        }

        if (next.MayWaitFor(_shown.Source))
        {
            // The old one may be the same camera under another name.
            _holdUntil = time + RestartingPause;
            _isHeld = true;
        }
        else if (time - next.WaitingSince < StartingPause && _shown.Source.TryDraw(target, time, out picture))
        {
            return true;
        }

        // What the new one has to say is said by the next card.
        GoOver(next);
        return false;
    }

    /// <summary>Opens the source if it is not, and draws nothing: for a camera that is kept ready although nobody watches.</summary>
    public void KeepOpen(long time)
    {
        if (_next is not null) GoOver(_next);
        _shown.Source.KeepOpen(time);
    }

    /// <summary>Closes the source here and now. The next draw opens it again.</summary>
    public void Rest()
    {
        _isHeld = false;
        if (_next is not null) GoOver(_next);
        _shown.Source.Rest();
    }

    /// <summary>As <see cref="Rest"/>, while frames go on: the closing is left to another thread.</summary>
    public void RestAside()
    {
        _isHeld = false;
        if (_next is not null) GoOver(_next);
        if (_shown.Source.RestAside() is { } source) close(source);
    }

    public void Dispose()
    {
        _next?.Dispose();
        _shown.Source.Dispose();
    }

    private bool TryDrawShown(in FrameView target, long time, out PictureInfo picture)
    {
        bool isDrawn = _shown.Source.TryDraw(target, time, out picture);
        if (isDrawn) _holdUntil = long.MinValue;
        _isHeld = time < _holdUntil;
        return isDrawn;
    }

    private void GoOver(CameraSource next)
    {
        CameraSource old = _shown.Source;
        ISource? closing = old.TakeAway();
        _shown = new Shown(next, _shown.Before + old.Counts);
        _next = null;
        if (closing is not null) close(closing);
    }

    private void Close(CameraSource source)
    {
        if (source.TakeAway() is { } closing) close(closing);
    }

    private sealed record Shown(CameraSource Source, SourceCounts Before);
}
