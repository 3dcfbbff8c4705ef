namespace Camfx.Helper.Devices;

/// <summary>What a device did since it was made.</summary>
/// <remarks>Written by the writer's thread, read by any.</remarks>
internal sealed class FrameCounters
{
    private long _frames;
    private long _placeholders;
    private long _dropped;
    private long _violations;
    private long _copiedBytes;
    private long _placeholderBytes;
    private (long Bytes, long Faults, long FallBacks) _kept;
    private long _faults;
    private long _fallBacks;

    /// <summary>Frames of queues that were shown.</summary>
    public long Frames => Volatile.Read(ref _frames);

    /// <summary>Placeholders shown.</summary>
    public long Placeholders => Volatile.Read(ref _placeholders);

    /// <summary>Frames of queues that were not shown: newer ones came before, or the driver had no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Queues that broke a rule.</summary>
    public long Violations => Volatile.Read(ref _violations);

    /// <summary>Bytes of queues' frames that were copied in this process.</summary>
    public long CopiedBytes => Volatile.Read(ref _copiedBytes);

    /// <summary>Refusals of the driver while frames came.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Steps down to a plainer memory type.</summary>
    public long FallBacks => Volatile.Read(ref _fallBacks);

    public void AddFrame() => Volatile.Write(ref _frames, _frames + 1);

    /// <param name="shown">Whether the driver took it.</param>
    /// <param name="copied">Bytes copied for it, which are no frame's.</param>
    public void AddPlaceholder(bool shown, long copied)
    {
        if (shown) Volatile.Write(ref _placeholders, _placeholders + 1);
        _placeholderBytes += copied;
    }

    public void AddDropped(long count) => Volatile.Write(ref _dropped, _dropped + count);

    public void AddViolation() => Volatile.Write(ref _violations, _violations + 1);

    /// <summary>Takes what the outputs counted.</summary>
    public void Take(IReadOnlyList<INodeOutput> outputs)
    {
        (long bytes, long faults, long fallBacks) = Sum(outputs);
        Volatile.Write(ref _copiedBytes, bytes - _placeholderBytes);
        Volatile.Write(ref _faults, faults);
        Volatile.Write(ref _fallBacks, fallBacks);
    }

    /// <summary>Takes what the outputs counted for the last time: others come after them and count from 0.</summary>
    public void Keep(IReadOnlyList<INodeOutput> outputs)
    {
        Take(outputs);
        _kept = Sum(outputs);
    }

    private (long Bytes, long Faults, long FallBacks) Sum(IReadOnlyList<INodeOutput> outputs)
    {
        (long bytes, long faults, long fallBacks) = _kept;
        for (int i = 0; i < outputs.Count; i++)
        {
            bytes += outputs[i].CopiedBytes;
            faults += outputs[i].Faults;
            fallBacks += outputs[i].FallBacks;
        }

        return (bytes, faults, fallBacks);
    }
}
