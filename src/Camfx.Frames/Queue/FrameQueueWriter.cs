using System.Collections.Immutable;
using System.Numerics;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// The producer's side of a frame queue: begin a slot, draw into it, publish it. It is wait-free: no consumer, however slow, dead or hostile,
/// can make <see cref="TryBegin"/> or <see cref="Publish"/> wait, and neither allocates. The protocol is docs/frame-queue.md.
/// </summary>
/// <remarks>
/// Thread-bound to the publishing thread, except where a member says thread-safe. Dispose it on the publishing thread or after that has ended.
/// In-process consumers keep the memory alive until they are disposed themselves.
/// </remarks>
public sealed unsafe partial class FrameQueueWriter : IDisposable
{
    private readonly QueueMemory _memory;
    private readonly QueueHeader* _header;
    private readonly SlotDescriptor* _slots;
    private readonly FrameQueueCounters _counters = new();

    // What each slot holds, 0 for nothing: the producer never reads back what it wrote to shared memory.
    private readonly ulong[] _sequences;
    private readonly Func<long> _clock;
    private ulong _sequence;
    private int _newest = -1;
    private int _begun = -1;
    private bool _closed;

    private FrameQueueWriter(QueueMemory memory, Func<long> clock)
    {
        _memory = memory;
        _header = memory.Header;
        _slots = memory.Slots;
        _sequences = new ulong[memory.SlotCount];
        _clock = clock;
    }

    /// <summary>Descriptor of the queue's memory, sealed; borrowed from the queue. Thread-safe.</summary>
    public FileDescriptor Memory => _memory.Descriptor;

    /// <summary>
    /// A dma-buf of each of the first <see cref="FrameQueueOptions.DmaBufs"/> slots, in their order, borrowed from the queue; empty when none were
    /// asked for or they could not be made. Frames are put into the lowest slots that are free. Thread-safe.
    /// </summary>
    public ImmutableArray<FileDescriptor> DmaBufs => _memory.DmaBufs.All;

    /// <summary>Why the dma-bufs that were asked for could not be made, as a sentence; null where nothing is wrong. Thread-safe.</summary>
    public string? WhyNoDmaBufs => _memory.DmaBufs.WhyNone;

    /// <summary>What the queue was created with. Thread-safe.</summary>
    public FrameQueueOptions Options => _memory.Options;

    /// <summary>Format, size and planes of every frame, relative to its slot. Thread-safe.</summary>
    public FrameLayout Layout => _memory.Options.Layout;

    /// <summary>Slots: the lease limit + 2. Thread-safe.</summary>
    public int SlotCount => _memory.SlotCount;

    /// <summary>Bytes from one slot to the next, a multiple of the page size. Thread-safe.</summary>
    public int SlotSize => _memory.SlotSize;

    /// <summary>Sequence of the newest frame, 0 before the first. Thread-safe.</summary>
    public ulong NewestSequence => new FrameWord(Volatile.Read(ref _header->Newest)).Sequence;

    /// <summary>Called between the steps of the protocol: lets a test run a consumer at each of them.</summary>
    internal Action<WriterStep>? Interleave { get; set; }

    /// <summary>Makes a queue: memory, header, seals. No frame is in it yet and no slot takes memory.</summary>
    /// <exception cref="ArgumentException">An option is out of range or the format is compressed.</exception>
    /// <exception cref="PosixException">The memory could not be made.</exception>
    public static FrameQueueWriter Create(FrameQueueOptions options) => Create(options, static () => MonotonicClock.Now);

    internal static FrameQueueWriter Create(FrameQueueOptions options, Func<long> clock)
    {
        options.Validate();
        return new FrameQueueWriter(QueueMemory.Create(options), clock);
    }

    /// <summary>Byte offset of a slot in <see cref="Memory"/>, a multiple of the page size. Thread-safe.</summary>
    public long SlotOffset(int slot) => _memory.SlotOffset(InRange(slot));

    /// <summary>Where a slot is mapped in this process. Thread-safe.</summary>
    public byte* SlotAddress(int slot) => _memory.SlotAddress(InRange(slot));

    /// <summary>
    /// Takes a slot that no consumer holds and that is not the newest frame, for drawing. Of those it is the one published longest ago, among
    /// the first (leases + 3) slots: the memory of slots that are not needed stays untouched.
    /// </summary>
    /// <returns>
    /// True. False would mean that every slot is held, which the shares given out (<see cref="FrameQueueOptions.LeaseLimit"/> in all, two slots
    /// more than that) make impossible; callers skip the frame.
    /// </returns>
    /// <exception cref="InvalidOperationException">A slot is begun already.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public bool TryBegin(out FrameSlot slot)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_begun >= 0) throw new InvalidOperationException($"Slot {_begun} is begun already; publish or abandon it first.");
        ReadOnlySpan<ConsumerLeases> consumers = EnterConsumers();
        ulong taken = ScanLeases(consumers);
        int leased = BitOperations.PopCount(taken);
        _counters.Leased = leased;
        if (_newest >= 0) taken |= 1UL << _newest;

        // Each candidate that is lost was taken by a lease word that cannot take another one, so the loop ends with a slot.
        for (int preferred = leased + 3; Choose(taken, preferred) is >= 0 and int candidate; preferred++)
        {
            MarkWriting(candidate);
            Interleave?.Invoke(WriterStep.Marked);
            if (!IsLeasedNow(consumers, candidate))
            {
                LeaveConsumers();
                _counters.SlotsTouched |= 1UL << candidate;
                _sequences[candidate] = 0;
                _begun = candidate;
                slot = new FrameSlot(candidate, _memory.View(candidate));
                return true;
            }

            Restore(candidate);
            Interleave?.Invoke(WriterStep.Restored);
            taken |= 1UL << candidate;
        }

        LeaveConsumers();
        slot = default;
        return false;
    }

    /// <summary>Makes the begun slot the newest frame and wakes the consumers that wait. Without one that waits, it makes no system call.</summary>
    /// <param name="slot">The slot <see cref="TryBegin"/> gave, fully drawn.</param>
    /// <param name="timing">When the frame was taken and when it should be seen.</param>
    /// <param name="flags">What consumers should know about it.</param>
    /// <returns>The frame's sequence.</returns>
    /// <exception cref="InvalidOperationException">This slot is not the one begun.</exception>
    public ulong Publish(in FrameSlot slot, in FrameTiming timing, FrameFlags flags = FrameFlags.None)
    {
        ThrowIfNotBegun(slot);
        int index = slot.Index;
        ulong sequence = ++_sequence;
        SlotDescriptor* descriptor = _slots + index;
        descriptor->CaptureTime = timing.CaptureTime;
        descriptor->PresentationTime = timing.PresentationTime;
        descriptor->Flags = flags;
        descriptor->BytesUsed = (uint)_memory.Options.Layout.Size;
        descriptor->Format.Matrix = (uint)slot.View.Matrix;

        // Release, three times: pixels and fields before the sequence that vouches for them, the sequence before the word that points to it,
        // that word before the one a sleeper compares.
        Volatile.Write(ref descriptor->Sequence, sequence);
        Interleave?.Invoke(WriterStep.Sequenced);
        Volatile.Write(ref _header->Newest, new FrameWord(sequence, index).Value);
        Interleave?.Invoke(WriterStep.Pointed);
        _sequences[index] = sequence;
        _newest = index;
        _begun = -1;
        WakeWaiters();
        _counters.Published++;
        return sequence;
    }

    /// <summary>Gives the begun slot back undrawn, or half drawn: nobody will see it.</summary>
    /// <exception cref="InvalidOperationException">This slot is not the one begun.</exception>
    public void Abandon(in FrameSlot slot)
    {
        ThrowIfNotBegun(slot);
        _begun = -1;
        _counters.Abandoned++;
    }

    /// <summary>The counters now. Thread-safe.</summary>
    public FrameQueueStatistics Statistics => new(
        Volatile.Read(ref _counters.Published),
        Volatile.Read(ref _counters.Abandoned),
        Volatile.Read(ref _counters.Revoked),
        Volatile.Read(ref _counters.Contended),
        Volatile.Read(ref _counters.Ignored),
        Volatile.Read(ref _counters.FutexWakes),
        Volatile.Read(ref _counters.Messages),
        Volatile.Read(ref _counters.MessagesDropped),
        Volatile.Read(ref _counters.Leased),
        Volatile.Read(ref _consumers).Length,
        BitOperations.PopCount(Volatile.Read(ref _counters.SlotsTouched)));

    /// <summary>Tells the consumers that no frame will come, and lets go of the memory.</summary>
    public void Dispose() => Close(QueueState.Ended);

    /// <summary>As <see cref="Dispose"/>, but tells the consumers that a queue of a later generation takes over.</summary>
    public void Supersede() => Close(QueueState.Superseded);

    private void Close(QueueState state)
    {
        if (_closed) return;
        _closed = true;
        Volatile.Write(ref *(uint*)&_header->State, (uint)state);
        WakeWaiters();

        // Everybody, not only who is on the list: a server that moves its consumers to the next queue has taken them off this one, and one of
        // them may still sleep here.
        Futex.Wake(&_header->Wake);
        RemoveAllConsumers();
        _memory.Release();
    }

    private ulong ScanLeases(ReadOnlySpan<ConsumerLeases> consumers)
    {
        ulong held = 0;
        long now = _clock();
        foreach (ConsumerLeases consumer in consumers) held |= consumer.Collect(_sequences, now, _counters);
        Interleave?.Invoke(WriterStep.Scanned);
        return held;
    }

    private int Choose(ulong taken, int preferred)
    {
        int oldest = Oldest(taken, Math.Min(preferred, _sequences.Length));
        return oldest >= 0 ? oldest : Oldest(taken, _sequences.Length);
    }

    private int Oldest(ulong taken, int count)
    {
        int oldest = -1;
        for (int slot = 0; slot < count; slot++)
            if ((taken >> slot & 1) == 0 && (oldest < 0 || _sequences[slot] < _sequences[oldest])) oldest = slot;
        return oldest;
    }

    private void MarkWriting(int slot)
    {
        Volatile.Write(ref _slots[slot].Sequence, 0);

        // Full fence, the writer's half of Dekker's pattern: the mark is visible before the leases are read again. A consumer's half is its own
        // fence between its lease word and its reading of the sequence. Without either, both could miss the other and a held slot be drawn.
        // It also keeps the pixels that follow behind the mark, for consumers that copy without a lease.
        Interlocked.MemoryBarrier();
    }

    private bool IsLeasedNow(ReadOnlySpan<ConsumerLeases> consumers, int slot)
    {
        // No consumer can hold a frame that is not there, whatever its words say.
        if (_sequences[slot] == 0) return false;
        var frame = new FrameWord(_sequences[slot], slot);
        foreach (ConsumerLeases consumer in consumers)
        {
            if (!consumer.HoldsNow(frame)) continue;
            _counters.Contended++;
            return true;
        }

        return false;
    }

    // Nothing was drawn since the mark, so the slot still holds the frame it held.
    private void Restore(int slot) => Volatile.Write(ref _slots[slot].Sequence, _sequences[slot]);

    private int InRange(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, SlotCount);
        return slot;
    }

    private void ThrowIfNotBegun(in FrameSlot slot)
    {
        if (_begun < 0 || slot.Index != _begun)
            throw new InvalidOperationException(
                _begun < 0 ? $"Slot {slot.Index} is not begun." : $"Slot {slot.Index} is not begun; slot {_begun} is.");
    }
}
