using Camfx.Posix;

namespace Camfx.Pipeline;

/// <summary>
/// Whether anybody watches the camera. The real source is open only while somebody does, and a little longer (the linger), so that a page
/// that reloads does not make the camera light blink.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Demand(bool always, Action changed)
{
    /// <summary>How long the source stays open after the last watcher has left, in ns.</summary>
    public const long Linger = 2_000_000_000;

    private readonly Lock _gate = new();
    private int _watchers;
    private long _leftAt = long.MinValue;

    /// <summary>Until when the source stays open, CLOCK_MONOTONIC in ns; <see cref="long.MaxValue"/> while somebody watches.</summary>
    public long OpenUntil
    {
        get
        {
            lock (_gate) return always || _watchers > 0 ? long.MaxValue : _leftAt == long.MinValue ? long.MinValue : _leftAt + Linger;
        }
    }

    /// <summary>One watcher more.</summary>
    public void Add()
    {
        lock (_gate) _watchers++;
        changed();
    }

    /// <summary>One watcher less.</summary>
    public void Remove()
    {
        lock (_gate)
        {
            if (--_watchers == 0) _leftAt = MonotonicClock.Now;
        }

        changed();
    }
}
