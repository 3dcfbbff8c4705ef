namespace Camfx.Helper.Devices;

/// <summary>
/// Whether somebody watches, without the flicker: apps that only look what there is are not seen, and one that stops to begin anew is not lost.
/// </summary>
/// <remarks>Thread-bound. Times are CLOCK_MONOTONIC ns, told by the caller.</remarks>
internal sealed class WatchDebounce
{
    /// <summary>How long somebody must watch before it counts.</summary>
    public const long OnNs = 100_000_000;

    /// <summary>How long nobody must watch before it counts.</summary>
    public const long OffNs = 2_000_000_000;

    private bool _raw;
    private long _since;

    /// <summary>Whether somebody watches.</summary>
    public bool Watched { get; private set; }

    /// <summary>When <see cref="Look"/> is due again if nothing changes; <see cref="long.MaxValue"/>: never.</summary>
    public long Deadline => _raw == Watched ? long.MaxValue : _since + (_raw ? OnNs : OffNs);

    /// <summary>Takes what is seen now.</summary>
    /// <returns>Whether <see cref="Watched"/> changed.</returns>
    public bool Look(bool raw, long now)
    {
        if (raw != _raw) (_raw, _since) = (raw, now);
        if (now < Deadline) return false;
        Watched = _raw;
        return true;
    }
}
