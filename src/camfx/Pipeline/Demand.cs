using Camfx.Posix;

namespace Camfx.Pipeline;

/// <summary>
/// Whether anybody watches the camera. The real source is open only while somebody does, and a little longer (the linger), so that a page
/// that reloads does not make the camera light blink.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Demand(Action changed)
{
    /// <summary>How long the source stays open after the last watcher has left, in ns.</summary>
    public const long Linger = 2_000_000_000;

    private readonly Lock _gate = new();
    private int _watchers;
    private long _leftAt = long.MinValue;

    /// <summary>Whether somebody watches now.</summary>
    public bool IsWatched => Volatile.Read(ref _watchers) > 0;

    /// <summary>Until when the source stays open, CLOCK_MONOTONIC in ns; <see cref="long.MaxValue"/> while somebody watches.</summary>
    public long OpenUntil
    {
        get
        {
            lock (_gate) return _watchers > 0 ? long.MaxValue : _leftAt == long.MinValue ? long.MinValue : _leftAt + Linger;
        }
    }

    /// <summary>One watcher more.</summary>
    public void Add()
    {
        lock (_gate) _watchers++;
        changed();
    }

    /// <summary>One watcher less.</summary>
    /// <param name="lingers">Whether the source stays open for a while if it was the last one.</param>
    public void Remove(bool lingers = true)
    {
        lock (_gate)
        {
            if (--_watchers == 0 && lingers) _leftAt = MonotonicClock.Now;
        }

        changed();
    }
}
