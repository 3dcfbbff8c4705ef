using System.Runtime.InteropServices;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// A consumer in the producer's own process, such as the PipeWire stream, whose buffers are the queue's slots. Its leases are never revoked.
/// It keeps the queue's memory mapped until it is disposed, even when the writer is disposed first.
/// </summary>
/// <remarks>Thread-bound to one thread of its own, which need not be the publishing one. <see cref="Dispose"/> after the last use.</remarks>
public sealed unsafe class LocalConsumer : IDisposable
{
    private readonly FrameQueueWriter _writer;
    private readonly QueueMemory _memory;
    private readonly WaitKind* _waiting;
    private readonly LeaseWords _words;
    private byte* _page;

    internal LocalConsumer(FrameQueueWriter writer, QueueMemory memory, int leases)
    {
        _writer = writer;
        _memory = memory;
        memory.Retain();

        // Laid out like a control page: the flag and the words on cache lines of their own.
        _page = (byte*)NativeMemory.AlignedAlloc((nuint)sizeof(ControlPage), 64);
        NativeMemory.Clear(_page, (nuint)sizeof(ControlPage));
        var control = (ControlPage*)_page;
        _waiting = &control->Waiting;
        _words = new LeaseWords(&control->FirstLease, leases);
        Leases = new ConsumerLeases(&control->FirstLease, _waiting, leases, revocable: false, socket: null);
    }

    /// <summary>Frames this consumer may hold at once.</summary>
    public int Share => _words.Share;

    /// <summary>Frames it holds now.</summary>
    public int Leased => _words.Count;

    /// <summary>Sequence of the frame it leased last; 0 before the first.</summary>
    public ulong LastSequence { get; private set; }

    internal ConsumerLeases Leases { get; }

    /// <summary>Leases the newest frame if there is one it has not leased before.</summary>
    /// <returns>False when its share is used up, or nothing new is there.</returns>
    public bool TryLeaseNewest(out FrameLease lease)
    {
        ObjectDisposedException.ThrowIf(_page == null, this);
        lease = default;

        // The publishing thread may pass this one any number of times, but each time there is a newer frame to take: two tries miss only when
        // the producer published a whole round of slots in between.
        for (int attempt = 0; attempt < LeaseWords.Attempts; attempt++)
        {
            var newest = new FrameWord(Volatile.Read(ref _memory.Header->Newest));
            if (newest.Sequence == LastSequence || !_words.TryTake(newest, out int word)) return false;
            SlotDescriptor* descriptor = _memory.Slots + newest.Slot;
            if (Volatile.Read(ref descriptor->Sequence) == newest.Sequence)
            {
                LastSequence = newest.Sequence;
                lease = new FrameLease(
                    newest.Slot, newest.Sequence, new FrameTiming(descriptor->CaptureTime, descriptor->PresentationTime), descriptor->Flags,
                    _memory.View(newest.Slot));
                return true;
            }

            _words.Clear(word);
        }

        return false;
    }

    /// <summary>Gives a slot back; the producer may draw into it from then on.</summary>
    /// <param name="slot">The lease's <see cref="FrameLease.Slot"/>.</param>
    /// <exception cref="ArgumentException">This consumer does not hold the slot.</exception>
    public void Release(int slot)
    {
        ObjectDisposedException.ThrowIf(_page == null, this);
        if (!_words.TryClearSlot(slot)) throw new ArgumentException($"Slot {slot} is not leased by this consumer.", nameof(slot));
    }

    /// <summary>Sleeps until there is a frame later than <paramref name="afterSequence"/>.</summary>
    /// <param name="afterSequence">The last frame seen; 0 for any frame.</param>
    /// <param name="deadline">CLOCK_MONOTONIC ns; <see cref="Futex.NoDeadline"/> for none.</param>
    /// <returns>False when the deadline passed or the queue was closed.</returns>
    public bool Wait(ulong afterSequence, long deadline)
    {
        ObjectDisposedException.ThrowIf(_page == null, this);
        return FutexWait.ForFrame(_memory.Header, _waiting, afterSequence, deadline);
    }

    /// <summary>Gives every lease back and lets go of the memory.</summary>
    public void Dispose()
    {
        if (_page == null) return;
        _writer.Remove(this);
        NativeMemory.AlignedFree(_page);
        _page = null;
        _memory.Release();
    }
}
