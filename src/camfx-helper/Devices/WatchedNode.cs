namespace Camfx.Helper.Devices;

/// <summary>A node with what is known about who looks at it.</summary>
/// <remarks>Thread-bound to the device's writer.</remarks>
internal sealed class WatchedNode(INodeOutput output)
{
    private readonly WatchDebounce _debounce = new();
    private bool _raw;

    public INodeOutput Output => output;

    /// <summary>Whether the thread wakes when an app begins.</summary>
    private bool WakesForReaders => output.Descriptor is not null;

    /// <summary>Whether an app streams from it, without the flicker; true where nobody can tell.</summary>
    public bool Watched { get; private set; }

    /// <summary>Whether frames go to it: as soon as an app begins, and as long as one may come back.</summary>
    public bool IsLookedAt => Watched || _raw;

    /// <summary>When its next placeholder is due, CLOCK_MONOTONIC ns.</summary>
    public long NextCard { get; set; }

    /// <summary>Whether its descriptor says things that were not asked, so that it cannot be waited for.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>From one placeholder to the next, ns.</summary>
    public long CardInterval => IsLookedAt || IsDeaf || !WakesForReaders ? FeedSchedule.CardIntervalNs : FeedSchedule.QuietIntervalNs;

    /// <summary>When <see cref="Look"/> is due.</summary>
    public long Deadline => _debounce.Deadline;

    public void Look(long now)
    {
        bool? usage = output.ReadUsage();
        bool before = _raw;
        _raw = usage ?? true;

        // Who begins gets a picture at once.
        if (_raw && !before) NextCard = 0;
        if (usage is null)
        {
            Watched = true;
            return;
        }

        _debounce.Look(_raw, now);
        Watched = _debounce.Watched;
    }
}
