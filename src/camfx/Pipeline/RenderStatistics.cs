namespace Camfx.Pipeline;

/// <summary>What the render thread counts. Written by it alone, read by anybody: each field is one word.</summary>
internal sealed class RenderStatistics
{
    private long _published;
    private long _missed;
    private long _unpublished;
    private long _allocated;
    private long _firstPublished;

    /// <summary>Frames published since the start.</summary>
    public long Published { get => Volatile.Read(ref _published); set => Volatile.Write(ref _published, value); }

    /// <summary>Ticks that passed without a frame.</summary>
    public long Missed { get => Volatile.Read(ref _missed); set => Volatile.Write(ref _missed, value); }

    /// <summary>Frames a queue had no free slot for.</summary>
    public long Unpublished { get => Volatile.Read(ref _unpublished); set => Volatile.Write(ref _unpublished, value); }

    /// <summary>Managed bytes the render thread has allocated: it stands still once frames flow.</summary>
    public long AllocatedBytes { get => Volatile.Read(ref _allocated); set => Volatile.Write(ref _allocated, value); }

    /// <summary>When the first frame was published, CLOCK_MONOTONIC in ns; 0 before.</summary>
    public long FirstPublished { get => Volatile.Read(ref _firstPublished); set => Volatile.Write(ref _firstPublished, value); }
}
