namespace Camfx.Helper.Devices;

/// <summary>When a device looks for a frame, and when it calls its producer dead.</summary>
/// <remarks>Thread-bound. Times are CLOCK_MONOTONIC ns, told by the caller.</remarks>
internal sealed class FeedSchedule
{
    /// <summary>From one placeholder to the next: a little more than five a second.</summary>
    public const long CardIntervalNs = 190_000_000;

    /// <summary>
    /// The same on a node that nobody streams from and whose driver says at once when somebody begins: the stream is kept alive, no app sees it, and
    /// writing 4 MB five times a second would be half of what the helper may use.
    /// </summary>
    public const long QuietIntervalNs = 480_000_000;

    /// <summary>A producer declares its own rate; it is not waited for longer than one of this many ns allows.</summary>
    private const long LongestIntervalNs = 1_000_000_000;

    /// <summary>
    /// A producer is given two and three quarters of its frame times: one frame may be left out and the next one late. The placeholder is then shown
    /// before the third is over.
    /// </summary>
    private const int PatienceNumerator = 11, PatienceDenominator = 4;

    private readonly long _frameTime;
    private long _interval;
    private long _lastFrame;
    private bool _attached;
    private bool _watched;
    private bool _any;

    /// <param name="frameTimeNs">The device's time of one frame.</param>
    public FeedSchedule(long frameTimeNs) => (_frameTime, _interval) = (frameTimeNs, frameTimeNs);

    /// <summary>A queue is attached.</summary>
    /// <param name="declaredNs">The time of one frame that its producer declares.</param>
    public void Attach(long declaredNs)
    {
        _attached = true;
        _any = false;
        _interval = Math.Max(_frameTime, Math.Min(declaredNs, LongestIntervalNs));
    }

    /// <summary>The queue is gone.</summary>
    public void Detach() => _attached = _any = false;

    /// <summary>Whether somebody watches. After a break the first frame is waited for anew.</summary>
    public void Watch(bool watched)
    {
        if (watched != _watched) _any = false;
        _watched = watched;
    }

    /// <summary>A frame was shown.</summary>
    public void Shown(long now) => (_lastFrame, _any) = (now, true);

    /// <summary>What is to be shown at a time.</summary>
    public FeedPhase PhaseAt(long now)
    {
        if (!_attached) return FeedPhase.Off;
        if (!_watched) return FeedPhase.Idle;
        if (!_any) return FeedPhase.Starting;
        return now - _lastFrame < Patience ? FeedPhase.Streaming : FeedPhase.Hanging;
    }

    /// <summary>When to look for the next frame at the earliest: one that comes faster than the device can show is not worth the work.</summary>
    public long NextLook => _any ? _lastFrame + _frameTime * 5 / 8 : 0;

    /// <summary>When the producer counts as hanging; <see cref="long.MaxValue"/> while no frame came.</summary>
    public long PatienceEnd => _any ? _lastFrame + Patience : long.MaxValue;

    private long Patience => _interval * PatienceNumerator / PatienceDenominator;
}
