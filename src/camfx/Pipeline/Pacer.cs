namespace Camfx.Pipeline;

/// <summary>
/// The camera's clock: an unbroken grid of ticks at the declared rate. A frame is published at each tick, the newest there is, so consumers
/// get the rate they were promised whatever the source does.
/// </summary>
/// <remarks>Thread-bound. Times are CLOCK_MONOTONIC in ns.</remarks>
internal sealed class Pacer(long interval)
{
    /// <summary>When the next frame is due.</summary>
    public long Next { get; private set; } = long.MinValue;

    /// <summary>Ticks that passed without a frame because the machine was busy or asleep.</summary>
    public long Missed { get; private set; }

    /// <summary>Begins a new grid: a frame is due now.</summary>
    public void Restart(long now) => Next = now;

    /// <summary>Moves on after a frame. Ticks that are over already are left out, never made up for in a burst.</summary>
    public void Advance(long now)
    {
        Next += interval;
        if (now <= Next) return;
        long late = (now - Next) / interval;
        if (late == 0) return;
        Missed += late;
        Next += late * interval;
    }
}
