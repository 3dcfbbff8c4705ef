using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;
using Camfx.Posix;

namespace Camfx.PipeWire.Stream;

/// <summary>Carries frames from one queue to a stream without copying: a slot that is leased goes out as the buffer that it is.</summary>
/// <remarks>Thread-bound to the control loop. Allocates nothing per frame.</remarks>
internal sealed unsafe class FramePump : IDisposable
{
    /// <summary>As long as a lease of the queue is honoured (docs/frame-queue.md), ns.</summary>
    private const long LongestHold = 500_000_000;

    /// <summary>A frame that was shown longer ago than this, in ns, is of another time: the room as it was when somebody watched last.</summary>
    private const long LongestAge = 1_000_000_000;

    private readonly pw_stream* _stream;
    private readonly int _share;
    private readonly StreamCounters _counters;
    private readonly SlotBuffers _buffers;
    private readonly FrameLayout _layout;
    private LocalConsumer? _consumer;
    private int _resting = -1;

    /// <summary>Carries from <paramref name="queue"/>, which stays its owner's.</summary>
    public FramePump(pw_stream* stream, FrameQueueWriter queue, int share, StreamCounters counters)
    {
        _stream = stream;
        _share = share;
        _counters = counters;
        _layout = queue.Layout;
        Queue = queue;
        _buffers = new SlotBuffers(queue);
    }

    /// <summary>The queue carried from.</summary>
    public FrameQueueWriter Queue { get; }

    /// <summary>The queue's format.</summary>
    public PixelFormat Format => _layout.Format;

    /// <summary>Writes the parameter that asks for one buffer a slot.</summary>
    public void WriteBuffers(ref PodBuilder builder) =>
        BufferParams.WriteBuffers(ref builder, Queue.SlotCount, Queue.SlotSize, _layout.Stride(0));

    /// <summary>Backs a new buffer with a slot.</summary>
    public void Add(pw_buffer* buffer)
    {
        if (!_buffers.Add(buffer))
            throw new InvalidOperationException("The consumer takes no memfd buffers; camfx offers nothing else.");
    }

    /// <summary>libpipewire frees its buffers: nothing is out any more.</summary>
    public void Clear()
    {
        _buffers.Clear();
        Forget();
    }

    /// <summary>Hands the newest frame over, if it is a new one and the share allows it.</summary>
    public void Offer() => Offer(long.MinValue);

    private void Offer(long after)
    {
        _consumer ??= Queue.AddConsumer(_share);
        CollectReturned();
        long now = MonotonicClock.Now;
        if (_consumer.Leased >= _consumer.Share) Reclaim(now - LongestHold);
        if (!_consumer.TryLeaseNewest(out FrameLease lease))
        {
            if (_consumer.Leased >= _consumer.Share) _counters.CountSkipped();
            return;
        }

        if (lease.Timing.PresentationTime < after)
        {
            _consumer.Release(lease.Slot);
            return;
        }

        if (!_buffers.TryTakeOut(lease.Slot, now, out pw_buffer* buffer))
        {
            // The stream has no buffers yet, or a surplus one: the frame is not lost, the next one comes.
            _consumer.Release(lease.Slot);
            _counters.CountSkipped();
            return;
        }

        FrameMarks.Write(buffer, lease, _layout.Size, _layout.Stride(0));
        _ = Libpipewire.pw_stream_queue_buffer(_stream, buffer); // ignoring: fails on a buffer that is queued already only
        _ = Libpipewire.pw_stream_trigger_process(_stream); // ignoring: a graph that is just stopping drops the cycle
        _counters.CountSent();
    }

    /// <summary>Hands the newest frame over, even if it went out before, unless it is one of long ago.</summary>
    /// <returns>False if PipeWire has not given back what it had: to be called again after a cycle.</returns>
    public bool OfferAgain()
    {
        CollectReturned();
        if (_resting >= 0) Release(ref _resting);
        if (_consumer is { Leased: > 0 })
        {
            // PipeWire keeps the last buffer until the next cycle; one without a frame fetches it.
            _ = Libpipewire.pw_stream_trigger_process(_stream); // ignoring: as above
            return false;
        }

        Forget();
        Offer(MonotonicClock.Now - LongestAge);
        return true;
    }

    /// <summary>Nobody watches any more: what the last consumers held is free.</summary>
    public void ReclaimAll()
    {
        if (_consumer is not null) Reclaim(long.MaxValue);
    }

    /// <summary>Gives all leases back.</summary>
    public void Dispose() => Forget();

    private void Forget()
    {
        _resting = -1;
        _consumer?.Dispose();
        _consumer = null;
    }

    private void Reclaim(long before)
    {
        int reclaimed = _buffers.Reclaim(before);
        if (reclaimed == 0) return;
        _counters.CountReclaimed(reclaimed);
        CollectReturned();
    }

    /// <summary>Takes in what PipeWire has given back.</summary>
    private void CollectReturned()
    {
        // A buffer that a consumer still reads (its "busy" meta says so) is moved to the end of libpipewire's list and reported as none: so
        // one try for each buffer that is out.
        for (int tries = _buffers.Outside; tries > 0; tries--)
        {
            pw_buffer* buffer = Libpipewire.pw_stream_dequeue_buffer(_stream);
            if (buffer == null) continue;
            int slot = _buffers.TakeIn(buffer);
            if (slot >= 0 && _consumer is not null) Rest(slot);
        }
    }

    /// <summary>
    /// Keeps the slot that came back last leased for one frame more. PipeWire gives a buffer back as soon as the next one goes out; a
    /// consumer that is late may only then be about to read it, and does not say so before it does.
    /// </summary>
    private void Rest(int slot)
    {
        if (_resting >= 0) Release(ref _resting);
        _resting = slot;
    }

    private void Release(ref int slot)
    {
        _consumer!.Release(slot);
        slot = -1;
    }
}
