using Camfx.Frames;
using Camfx.Frames.Queue;

namespace Camfx.Sources.Queue;

/// <summary>
/// The frame a queue source shows: the lease on it, kept until there is a newer one, because a camera that is faster than its producer draws it
/// several times. Where the producer has no lease to give, a copy of it.
/// </summary>
/// <remarks>Thread-bound to the render thread but for <see cref="Missed"/>. Allocates only when the queue is another one.</remarks>
internal sealed class HeldFrame : IDisposable
{
    private FrameQueueReader? _reader;
    private FrameBuffer? _copy;
    private FrameLease _lease;
    private bool _holds;
    private ulong _sequence;

    public FrameView View { get; private set; }

    public FrameTiming Timing { get; private set; }

    public FrameFlags Flags { get; private set; }

    /// <summary>Frames that were replaced by a newer one before this camera drew them.</summary>
    public long Missed { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

    /// <summary>Takes the newest frame, if it is newer than the one held. False: there is none to show.</summary>
    /// <exception cref="QueueException">What the producer says about it is impossible.</exception>
    public bool TryTakeNewest(FrameQueueReader reader)
    {
        if (reader != _reader) Begin(reader);
        if (reader.NewestSequence <= _sequence) return _holds;
        bool taken = reader.Share > 0 ? TryLease(reader) : TryCopy(reader);
        if (taken && _sequence > 0) Missed += (long)(reader.LastSequence - _sequence - 1);
        if (taken) _sequence = reader.LastSequence;
        return taken;
    }

    /// <summary>Whether what was read since it was taken is the frame's.</summary>
    public bool IsWhole(FrameQueueReader reader) => _copy is not null || reader.IsWhole(_lease);

    public void Dispose() => _copy?.Dispose();

    /// <summary>Another queue: the one before is gone with all its leases.</summary>
    private void Begin(FrameQueueReader reader)
    {
        _reader = reader;
        _holds = false;
        _sequence = 0;
        _copy?.Dispose();
        _copy = reader.Share > 0 ? null : new FrameBuffer(reader.Layout, reader.Matrix, reader.Range);
    }

    private bool TryLease(FrameQueueReader reader)
    {
        // Whether the old one was whole was asked when it was drawn.
        if (_holds) _ = reader.Release(_lease);
        _holds = reader.TryAcquire(out _lease);
        if (_holds) (View, Timing, Flags) = (_lease.View, _lease.Timing, _lease.Flags);
        return _holds;
    }

    private bool TryCopy(FrameQueueReader reader)
    {
        if (!reader.TryCopyNewest(_copy!.View, out CopiedFrame frame)) return _holds = false;
        (View, Timing, Flags) = (_copy.View, frame.Timing, frame.Flags);
        return _holds = true;
    }
}
