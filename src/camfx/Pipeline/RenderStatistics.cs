namespace Camfx.Pipeline;

/// <summary>What the render thread counts. Written by it alone where nothing else is said, read by anybody: each field is one word.</summary>
internal sealed class RenderStatistics
{
    private long _published;
    private long _pictures;
    private long _missed;
    private long _unpublished;
    private long _faults;
    private long _allocated;
    private long _firstPublished;
    private long _lastPicture;

    /// <summary>Frames published since the start.</summary>
    public long Published { get => Volatile.Read(ref _published); private set => Volatile.Write(ref _published, value); }

    /// <summary>Pictures of the source that were shown, each once.</summary>
    public long Pictures { get => Volatile.Read(ref _pictures); private set => Volatile.Write(ref _pictures, value); }

    /// <summary>Ticks that passed without a frame.</summary>
    public long Missed { get => Volatile.Read(ref _missed); set => Volatile.Write(ref _missed, value); }

    /// <summary>Frames a queue had no free slot for.</summary>
    public long Unpublished { get => Volatile.Read(ref _unpublished); set => Volatile.Write(ref _unpublished, value); }

    /// <summary>Effects that failed and were left out, and whatever could not be closed.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Managed bytes the render thread has allocated: it stands still once frames flow.</summary>
    public long AllocatedBytes { get => Volatile.Read(ref _allocated); set => Volatile.Write(ref _allocated, value); }

    /// <summary>When the first frame was published, CLOCK_MONOTONIC in ns; 0 before.</summary>
    public long FirstPublished { get => Volatile.Read(ref _firstPublished); private set => Volatile.Write(ref _firstPublished, value); }

    /// <summary>From a picture's capture to the publication of the first frame that shows it.</summary>
    public LatencyWindow Latency { get; } = new();

    /// <summary>The last second.</summary>
    public RateWindow Rates { get; } = new();

    /// <summary>One fault more. Thread-safe.</summary>
    public void FaultCame() => Interlocked.Increment(ref _faults);

    /// <summary>A frame went out.</summary>
    /// <param name="now">CLOCK_MONOTONIC in ns.</param>
    public void FrameCame(long now)
    {
        Published++;
        if (FirstPublished == 0) FirstPublished = now;
    }

    /// <summary>The frame that went out shows a picture of the source; one that is shown again counts once.</summary>
    /// <param name="captured">When the picture was taken, CLOCK_MONOTONIC in ns.</param>
    /// <param name="now">The time now.</param>
    public void PictureCame(long captured, long now)
    {
        if (captured == _lastPicture) return;
        _lastPicture = captured;
        Pictures++;
        Latency.Add(Math.Max(0, now - captured));
    }
}
