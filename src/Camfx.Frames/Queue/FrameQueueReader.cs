using System.Runtime.InteropServices;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// A consumer's side of a queue in another process. It trusts nothing in the shared memory: the queue is checked before it is used, every word is
/// read once, and what is wrong later is a <see cref="QueueException"/>. A hostile producer can show a wrong picture and nothing else.
/// </summary>
/// <remarks>
/// Thread-bound, but for <see cref="Wait"/> and the properties, which one other thread may use. <see cref="Dispose"/> unmaps the pixels: release every
/// lease before.
/// </remarks>
public sealed unsafe class FrameQueueReader : IDisposable
{
    private readonly MemoryMapping _queue;
    private readonly MemoryMapping _control;
    private readonly QueueHeader _checked;
    private readonly QueueHeader* _header;
    private readonly SlotDescriptor* _slots;
    private readonly WaitKind* _waiting;
    private readonly LeaseWords _words;
    private ulong _populated;

    private FrameQueueReader(MemoryMapping queue, MemoryMapping control, in QueueHeader header, in FrameLayout layout, int share)
    {
        _queue = queue;
        _control = control;
        _checked = header;
        _header = (QueueHeader*)queue.Address;
        _slots = (SlotDescriptor*)(queue.Address + QueueHeader.Length);
        var page = (ControlPage*)control.Address;
        _waiting = &page->Waiting;
        _words = new LeaseWords(&page->FirstLease, share);
        Layout = layout;
    }

    /// <summary>Format, size and planes of every frame, relative to its slot, unless a frame says otherwise.</summary>
    public FrameLayout Layout { get; }

    /// <summary>What luma and chroma mean.</summary>
    public ColorMatrix Matrix => (ColorMatrix)_checked.Format.Matrix;

    /// <summary>Which codes are black and white.</summary>
    public ColorRange Range => (ColorRange)_checked.Format.Range;

    /// <summary>Declared frames per <see cref="FrameRateDenominator"/> seconds.</summary>
    public int FrameRateNumerator => (int)_checked.FrameRateNumerator;

    /// <summary>Seconds the numerator counts.</summary>
    public int FrameRateDenominator => (int)_checked.FrameRateDenominator;

    /// <summary>Which of the camera's queues this is; higher is later.</summary>
    public ulong Generation => _checked.Generation;

    /// <summary>Slots in the queue.</summary>
    public int SlotCount => (int)_checked.SlotCount;

    /// <summary>Bytes from one slot to the next.</summary>
    public int SlotSize => (int)_checked.SlotSize;

    /// <summary>Frames this consumer may hold at once; with 0 it copies.</summary>
    public int Share => _words.Share;

    /// <summary>Frames it holds now.</summary>
    public int Leased => _words.Count;

    /// <summary>Sequence of the frame it leased or copied last; 0 before the first.</summary>
    public ulong LastSequence { get; private set; }

    /// <summary>Sequence of the newest frame as the producer tells it; 0 before the first.</summary>
    public ulong NewestSequence => new FrameWord(Volatile.Read(ref _header->Newest)).Sequence;

    /// <summary>Whether frames may still come. A producer that was killed leaves <see cref="QueueState.Live"/>: its connection hangs up.</summary>
    public QueueState State =>
        Volatile.Read(ref *(uint*)&_header->State) switch
        {
            (uint)QueueState.Live => QueueState.Live,
            (uint)QueueState.Superseded => QueueState.Superseded,
            _ => QueueState.Ended,
        };

    /// <summary>Called between the steps of the protocol: lets a test run the producer at each of them.</summary>
    internal Action<ReaderStep>? Interleave { get; set; }

    /// <summary>Checks a queue and maps it. The descriptors are borrowed and may be closed afterwards.</summary>
    /// <param name="memory">The queue's memory.</param>
    /// <param name="control">This consumer's control page; no other consumer may use it.</param>
    /// <param name="limits">The largest queue to map.</param>
    /// <exception cref="QueueException">A check failed.</exception>
    /// <exception cref="PosixException">The kernel could not look at or map the memory.</exception>
    public static FrameQueueReader Attach(FileDescriptor memory, FileDescriptor control, QueueLimits limits)
    {
        MemoryMapping queue = QueueInspection.MapQueue(memory, limits, out QueueHeader header, out FrameLayout layout);
        try
        {
            MemoryMapping page = QueueInspection.MapControl(control, header.Generation, out int share);
            return new FrameQueueReader(queue, page, header, layout, share);
        }
        catch
        {
            queue.Dispose();
            throw;
        }
    }

    /// <summary>Byte offset of a slot in the memory.</summary>
    public long SlotOffset(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, SlotCount);
        return (long)_checked.FirstSlotOffset + (long)slot * SlotSize;
    }

    /// <summary>
    /// Where a slot lies in this process, for a driver that reads it there. Its pages are made present; what is in it is a frame only as long as a
    /// lease says so.
    /// </summary>
    /// <exception cref="QueueException"><see cref="QueueError.Unreadable"/>.</exception>
    public nint SlotAddress(int slot)
    {
        long offset = SlotOffset(slot);
        QueueInspection.Populate(_queue, offset, SlotSize);
        _populated |= 1UL << slot;
        return (nint)(_queue.Address + offset);
    }

    /// <summary>Leases the newest frame if it is later than the last one.</summary>
    /// <returns>False when there is none, the share is used up, or the producer overtook every try.</returns>
    /// <exception cref="QueueException"><see cref="QueueError.BadFrame"/>: what the producer says about it is impossible.</exception>
    public bool TryAcquire(out FrameLease lease)
    {
        for (int attempt = 0; attempt < LeaseWords.Attempts; attempt++)
        {
            if (!TryFindNewest(out FrameWord newest) || !_words.TryTake(newest, out int word)) break;
            Interleave?.Invoke(ReaderStep.Stored);
            try
            {
                if (TryReadDescriptor(newest, out SlotDescriptor descriptor))
                {
                    lease = Check(newest, descriptor);
                    LastSequence = newest.Sequence;
                    return true;
                }
            }
            catch
            {
                _words.Clear(word);
                throw;
            }

            _words.Clear(word);
        }

        lease = default;
        return false;
    }

    /// <summary>
    /// Whether the slot of a lease still holds its frame: then everything read from it so far was whole. Thread-safe while the lease is held and the
    /// reader not disposed, so that the pixels may be read on another thread than the reader's.
    /// </summary>
    public bool IsWhole(in FrameLease lease)
    {
        // Load-load fence: the pixels are read before the sequence that tells whether they were still the frame's.
        Volatile.ReadBarrier();
        return lease.Slot < SlotCount && Volatile.Read(ref _slots[lease.Slot].Sequence) == lease.Sequence;
    }

    /// <summary>Gives a lease back.</summary>
    /// <returns>
    /// True when the slot still holds the frame: everything read from it was whole. False when the lease was revoked, because it was held too
    /// long, and the slot drawn anew: throw away what was read.
    /// </returns>
    /// <exception cref="ArgumentException">This consumer does not hold the lease.</exception>
    public bool Release(in FrameLease lease)
    {
        bool whole = IsWhole(lease);
        if (!_words.TryClear(new FrameWord(lease.Sequence, lease.Slot)))
            throw new ArgumentException($"Frame {lease.Sequence} is not leased by this consumer.", nameof(lease));
        return whole;
    }

    /// <summary>Copies the newest frame if it is later than the last one; needs no lease. A copy that the producer overtook is tried again.</summary>
    /// <param name="destination">Of the queue's format and size.</param>
    /// <param name="frame">The frame copied.</param>
    /// <returns>False when there is none, or the producer overtook every try; the destination then holds no frame.</returns>
    /// <exception cref="ArgumentException">The destination has another format or size.</exception>
    /// <exception cref="QueueException"><see cref="QueueError.BadFrame"/>: what the producer says about it is impossible.</exception>
    public bool TryCopyNewest(in FrameView destination, out CopiedFrame frame)
    {
        for (int attempt = 0; attempt < LeaseWords.Attempts; attempt++)
        {
            if (!TryFindNewest(out FrameWord newest)) break;
            if (!TryReadDescriptor(newest, out SlotDescriptor descriptor)) continue;
            FrameLease source = Check(newest, descriptor);
            source.View.CopyTo(destination);
            Interleave?.Invoke(ReaderStep.Copied);

            // Load-load fence: the copy is finished before the sequence is read again.
            Volatile.ReadBarrier();
            if (Volatile.Read(ref _slots[newest.Slot].Sequence) != newest.Sequence) continue;
            LastSequence = newest.Sequence;
            frame = new CopiedFrame(source.Sequence, source.Timing, source.Flags);
            return true;
        }

        frame = default;
        return false;
    }

    /// <summary>Sleeps until there is a frame later than <paramref name="afterSequence"/>.</summary>
    /// <param name="afterSequence">The last frame seen; 0 for any frame.</param>
    /// <param name="deadline">CLOCK_MONOTONIC ns; <see cref="Futex.NoDeadline"/> for none.</param>
    /// <returns>False when the deadline passed, the queue is no longer live, or its producer woke it for nothing again and again.</returns>
    public bool Wait(ulong afterSequence, long deadline) => FutexWait.ForFrame(_header, _waiting, afterSequence, deadline);

    /// <summary>Unmaps the queue and the control page.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        _control.Dispose();
    }

    /// <summary>Asks for a message on the socket at the next publication, or no longer. With true it tells whether one is due already.</summary>
    internal bool AskForMessage(bool wanted, ulong afterSequence)
    {
        Volatile.Write(ref *(uint*)_waiting, (uint)(wanted ? WaitKind.Message : WaitKind.None));

        // Full fence, as in FutexWait: the flag is visible before the last look.
        Interlocked.MemoryBarrier();
        return NewestSequence > afterSequence || State != QueueState.Live;
    }

    private bool TryFindNewest(out FrameWord newest)
    {
        newest = new FrameWord(Volatile.Read(ref _header->Newest));
        Interleave?.Invoke(ReaderStep.Found);
        if (newest.Sequence <= LastSequence) return false;
        if (newest.Slot >= SlotCount)
            throw new QueueException(QueueError.BadFrame, $"The newest frame is said to be in slot {newest.Slot} of {SlotCount}.");
        return true;
    }

    private bool TryReadDescriptor(FrameWord word, out SlotDescriptor copy)
    {
        // Acquire: fields and pixels are read after the sequence that vouches for them.
        SlotDescriptor* descriptor = _slots + word.Slot;
        copy = default;
        if (Volatile.Read(ref descriptor->Sequence) != word.Sequence) return false;
        Interleave?.Invoke(ReaderStep.Sequenced);
        copy = *descriptor;
        Interleave?.Invoke(ReaderStep.Described);

        // Load-load fence: the fields are read before the sequence is read again.
        Volatile.ReadBarrier();
        return Volatile.Read(ref descriptor->Sequence) == word.Sequence;
    }

    private FrameLease Check(FrameWord word, in SlotDescriptor copy)
    {
        int slot = word.Slot;
        FrameLayout layout = Layout;
        if (!SameFormat(copy.Format)) layout = ReadLayout(copy.Format);
        if (copy.BytesUsed > _checked.SlotSize)
            throw new QueueException(QueueError.BadFrame, $"The frame is said to use {copy.BytesUsed} bytes of a slot of {SlotSize}.");
        if ((_populated >> slot & 1) == 0)
        {
            QueueInspection.Populate(_queue, SlotOffset(slot), SlotSize);
            _populated |= 1UL << slot;
        }

        const FrameFlags known = FrameFlags.Discontinuity | FrameFlags.Placeholder | FrameFlags.Corrupted;
        var view = new FrameView(_queue.Address + SlotOffset(slot), layout, (ColorMatrix)copy.Format.Matrix, (ColorRange)copy.Format.Range);
        var timing = new FrameTiming(copy.CaptureTime, copy.PresentationTime);
        return new FrameLease(slot, word.Sequence, timing, copy.Flags & known, view);
    }

    private bool SameFormat(in FrameFormat format) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<FrameFormat>(in format))
            .SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<FrameFormat>(in _checked.Format)));

    private FrameLayout ReadLayout(in FrameFormat format)
    {
        if (format.FourCC != _checked.Format.FourCC || format.Width != _checked.Format.Width || format.Height != _checked.Format.Height)
            throw new QueueException(
                QueueError.BadFrame,
                $"The frame is {format.Width}x{format.Height} '{FourCC.ToString(format.FourCC)}' in a queue of "
                + $"{Layout.Width}x{Layout.Height} '{FourCC.ToString(_checked.Format.FourCC)}'.");
        if (format.Read((long)_checked.FrameSize, out FrameLayout layout) is string fault) throw new QueueException(QueueError.BadFrame, $"The frame {fault}.");
        return layout;
    }
}
