using Camfx.Posix;

namespace Camfx.Effects.Plugin;

/// <summary>Whether frames come in, and since when the plug-in owes a picture: what its supervisor decides by that it hangs.</summary>
/// <remarks>Thread-safe. A frame costs no system call unless it is the first after a rest.</remarks>
internal sealed class FrameWatch(EventFd wake, long interval)
{
    private const long ShortestRest = 1_000_000_000;

    // Frames further apart than this mean that the camera rested in between.
    private readonly long _rest = Math.Max(ShortestRest, 3 * interval);

    private long _last = long.MinValue / 2;
    private long _owedSince;
    private int _asleep;

    /// <summary>When the last frame came, CLOCK_MONOTONIC in ns.</summary>
    public long LastFrame => Volatile.Read(ref _last);

    /// <summary>A frame came. Render thread.</summary>
    public void FrameCame(long now)
    {
        // What was owed before a rest is forgiven: nobody asked the plug-in for anything meanwhile.
        if (now - _last > _rest || Volatile.Read(ref _owedSince) == 0) Volatile.Write(ref _owedSince, now);

        // A full fence, the other half of the one in TryFallAsleep: either that sees this frame, or this sees that it sleeps.
        Interlocked.Exchange(ref _last, now);
        if (Volatile.Read(ref _asleep) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0) wake.Signal();
    }

    /// <summary>The plug-in gave a picture, or is begun anew: it owes none.</summary>
    public void Settle() => Volatile.Write(ref _owedSince, 0);

    /// <summary>How long the plug-in has left frames unanswered that came all the while, ns.</summary>
    public long Owed => Volatile.Read(ref _owedSince) is > 0 and long since ? Math.Max(0, LastFrame - since) : 0;

    /// <summary>
    /// Says that the caller wants to sleep until a frame comes: then the eventfd is signalled. False when frames are coming.
    /// </summary>
    public bool TryFallAsleep(long now)
    {
        Interlocked.Exchange(ref _asleep, 1);
        if (now - LastFrame > _rest) return true;
        Interlocked.Exchange(ref _asleep, 0);
        return false;
    }
}
