using Camfx.Frames.Queue;
using Camfx.Pipeline;

namespace Camfx.Effects.Plugin;

/// <summary>
/// Hands the newest finished picture from the thread that reads the plug-in's queue to the render thread, which may borrow it again and again
/// until there is a newer one. Neither holds a lock; the render thread never waits.
/// </summary>
/// <remarks>A picture is in one place at a time: offered, at the render thread, or returned. Only the reader's thread leases and releases.</remarks>
internal sealed class FinishedPictures
{
    private readonly FinishedPicture[] _all = [new(), new()];
    private readonly Alarm _returnedAlarm = new();
    private FinishedPicture? _offered;
    private FinishedPicture? _returned;

    /// <summary>The newest picture, to be given back with <see cref="Return"/>; null when there is none. Render thread.</summary>
    public FinishedPicture? Borrow() => Interlocked.Exchange(ref _offered, null);

    /// <summary>Gives a picture back: it is the newest still, or the reader's thread lets go of it. Render thread; never blocks.</summary>
    public void Return(FinishedPicture picture)
    {
        // One place is enough: before another can be returned, the reader has offered a second time, and it collects what is here first.
        if (Interlocked.CompareExchange(ref _offered, picture, null) is not null) Volatile.Write(ref _returned, picture);
        _returnedAlarm.Ring();
    }

    /// <summary>Leases the queue's newest picture and offers it. Reader's thread; false when there was nothing new.</summary>
    public bool TryRenew(FrameQueueReader reader, out long presentationTime)
    {
        presentationTime = 0;
        FinishedPicture free = FreeOne(Math.Min(_all.Length, reader.Share));
        if (!free.TryLease(reader)) return false;
        presentationTime = free.PresentationTime;
        Interlocked.Exchange(ref _offered, free)?.Release();
        return true;
    }

    /// <summary>Takes every picture back, waiting for the one that is being copied: its memory is about to go. Reader's thread.</summary>
    public void Clear()
    {
        while (LeasedCount() > 0)
        {
            Collect();
            Interlocked.Exchange(ref _offered, null)?.Release();
            if (LeasedCount() > 0) _returnedAlarm.Sleep(long.MaxValue);
        }
    }

    /// <summary>Sleeps until a point in time, CLOCK_MONOTONIC in ns, or until a picture is returned or somebody rings. Reader's thread.</summary>
    public void Sleep(long until) => _returnedAlarm.Sleep(until);

    /// <summary>Ends a sleep. Thread-safe.</summary>
    public void Ring() => _returnedAlarm.Ring();

    /// <summary>A picture without a lease; where both have one, or the plug-in grants only one, the newest of before is withdrawn.</summary>
    private FinishedPicture FreeOne(int share)
    {
        Collect();
        while (LeasedCount() >= share)
        {
            if (Interlocked.Exchange(ref _offered, null) is { } withdrawn) withdrawn.Release();
            else _returnedAlarm.Sleep(long.MaxValue);
            Collect();
        }

        return _all[0].IsLeased ? _all[1] : _all[0];
    }

    private void Collect() => Interlocked.Exchange(ref _returned, null)?.Release();

    private int LeasedCount()
    {
        int count = 0;
        foreach (FinishedPicture picture in _all)
            if (picture.IsLeased) count++;
        return count;
    }
}
