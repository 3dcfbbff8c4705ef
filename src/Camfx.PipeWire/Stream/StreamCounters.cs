namespace Camfx.PipeWire.Stream;

/// <summary>What became of the frames; written on the control loop, read anywhere.</summary>
internal sealed class StreamCounters
{
    private long _sent;
    private long _skipped;
    private long _reclaimed;
    private long _connections;

    /// <summary>The counters now. Thread-safe.</summary>
    public CameraNodeStatistics Snapshot => new(
        Volatile.Read(ref _sent), Volatile.Read(ref _skipped), Volatile.Read(ref _reclaimed), Volatile.Read(ref _connections));

    /// <summary>Frames handed over.</summary>
    public long Sent => Volatile.Read(ref _sent);

    public void CountSent() => Volatile.Write(ref _sent, _sent + 1);

    public void CountSkipped() => Volatile.Write(ref _skipped, _skipped + 1);

    public void CountReclaimed(int buffers) => Volatile.Write(ref _reclaimed, _reclaimed + buffers);

    public void CountConnection() => Volatile.Write(ref _connections, _connections + 1);
}
