using Camfx.Frames;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;
using Camfx.PipeWire.Stream;
using Camfx.Posix;

namespace Camfx.PipeWire.Capture;

/// <summary>
/// The newest picture of a stream: the buffer that PipeWire does not get back yet. The control loop never waits for who looks: while somebody
/// does, what comes waits beside it, the newest only, and is taken when they have done. So two buffers are out at most.
/// </summary>
/// <remarks>The control loop takes and forgets, one other thread at a time looks, with <see cref="Gate"/> held.</remarks>
internal sealed unsafe class HeldPicture
{
    private pw_buffer* _buffer;
    private pw_buffer* _waiting;
    private CapturedBuffer _picture;
    private bool _missed;
    private bool _seen = true;
    private long _number;
    private long _dropped;
    private long _corrupted;

    /// <summary>Held while pixels are read.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What was agreed upon.</summary>
    public CaptureFormat Format { get; set; }

    /// <summary>A picture has come. Told on the control loop.</summary>
    public Action Arrived { get; set; } = static () => { };

    /// <summary>A buffer has come that has no memory to read. Told on the control loop.</summary>
    public Action Unmapped { get; set; } = static () => { };

    /// <summary>The newest picture; empty while there is none. With <see cref="Gate"/> held.</summary>
    public CapturedBuffer Look()
    {
        _seen = true;
        return _picture;
    }

    /// <summary>Pictures that came so far. Thread-safe.</summary>
    public long Number => Volatile.Read(ref _number);

    /// <summary>Pictures that were replaced by a newer one before anybody looked at them. Thread-safe.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Pictures that were damaged, or less than a picture. Thread-safe.</summary>
    public long Corrupted => Volatile.Read(ref _corrupted);

    /// <summary>Whether a picture came while somebody looked; asked when they have done.</summary>
    public bool TakeMissed()
    {
        bool missed = Volatile.Read(ref _missed);
        if (missed) Volatile.Write(ref _missed, false);
        return missed;
    }

    /// <summary>Takes the newest buffer and gives the others back; while somebody looks at the one before, it waits beside that.</summary>
    public void TakeFrom(pw_stream* stream)
    {
        pw_buffer* newest = Newest(stream);
        if (newest != null)
        {
            if (_waiting != null) GiveBack(stream, _waiting);
            _waiting = newest;
        }

        if (_waiting == null) return;

        // Before the try: who lets go of the gate in this moment sees it.
        Volatile.Write(ref _missed, true);
        if (!Gate.TryEnter()) return;
        try
        {
            Volatile.Write(ref _missed, false);
            pw_buffer* next = _waiting;
            _waiting = null;
            if (!TryRead(next, out CapturedBuffer picture))
            {
                Refuse(stream, next);
                return;
            }

            if (!_seen) CountDropped();
            if (_buffer != null) Return(stream, _buffer);
            _seen = false;
            _buffer = next;
            _picture = picture;
        }
        finally
        {
            Gate.Exit();
        }

        Arrived();
    }

    /// <summary>The stream's buffers go: nothing is held, and nothing is to be seen.</summary>
    public void Forget()
    {
        lock (Gate)
        {
            _buffer = null;
            _waiting = null;
            _picture = default;
            _seen = true;
        }
    }

    private static void Return(pw_stream* stream, pw_buffer* buffer) =>
        _ = Libpipewire.pw_stream_queue_buffer(stream, buffer); // ignoring: fails on a buffer that is queued already only

    private void GiveBack(pw_stream* stream, pw_buffer* buffer)
    {
        Return(stream, buffer);
        CountDropped();
    }

    private void CountDropped() => Volatile.Write(ref _dropped, _dropped + 1);

    private void Refuse(pw_stream* stream, pw_buffer* buffer)
    {
        bool unmapped = buffer->buffer->n_datas == 0 || buffer->buffer->datas->data == null;
        Return(stream, buffer);
        if (unmapped) Unmapped();
        else Volatile.Write(ref _corrupted, _corrupted + 1);
    }

    private pw_buffer* Newest(pw_stream* stream)
    {
        pw_buffer* newest = null;
        while (true)
        {
            pw_buffer* next = Libpipewire.pw_stream_dequeue_buffer(stream);
            if (next == null) return newest;
            if (newest != null) GiveBack(stream, newest);
            newest = next;
        }
    }

    private bool TryRead(pw_buffer* buffer, out CapturedBuffer picture)
    {
        picture = default;
        spa_meta_header* header = FrameMarks.Header(buffer->buffer);
        bool corrupted = header != null && (header->flags & SpaConstants.HeaderCorrupted) != 0;
        if (Format.Width == 0 || !PlaneMap.TryView(buffer->buffer, Format, out FrameView view)) return false;
        corrupted |= (buffer->buffer->datas->chunk->flags & SpaConstants.ChunkCorrupted) != 0;
        if (corrupted) return false;
        long now = MonotonicClock.Now;

        // A time of another clock is none.
        long taken = header != null && header->pts > now - 10_000_000_000 && header->pts <= now ? header->pts : now;
        Volatile.Write(ref _number, _number + 1);
        picture = new CapturedBuffer(view, taken, _number);
        return true;
    }
}
