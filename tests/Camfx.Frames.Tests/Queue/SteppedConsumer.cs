using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

/// <summary>
/// A consumer written from docs/frame-queue.md alone, one memory access a step, so that a test can run the producer between any two of them.
/// </summary>
internal sealed unsafe class SteppedConsumer : IDisposable
{
    private readonly RemoteConsumer _remote;
    private readonly MemoryMapping _queue;
    private readonly MemoryMapping _page;
    private readonly QueueHeader* _header;
    private readonly SlotDescriptor* _slots;
    private readonly ulong* _words;
    private readonly FrameWord[] _held;
    private FrameWord _candidate;
    private int _stored = -1;

    public SteppedConsumer(FrameQueueWriter writer, int leases)
    {
        _remote = writer.AddRemoteConsumer(leases);
        _queue = MemoryMapping.Map(writer.Memory, 0, FileStatus.Of(writer.Memory).Size, MapAccess.Read);
        _page = MemoryMapping.Map(_remote.Control, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        _header = (QueueHeader*)_queue.Address;
        _slots = (SlotDescriptor*)(_queue.Address + QueueHeader.Length);
        _words = &((ControlPage*)_page.Address)->FirstLease;
        _held = new FrameWord[_remote.Share];
    }

    public int Accepted { get; private set; }

    /// <summary>Takes the next step of acquiring, or gives one of its leases back, or looks at its pixels.</summary>
    /// <param name="decisions">What it does.</param>
    /// <param name="revoking">Whether leases may be revoked; if not, a held frame must stay as it is.</param>
    public void Step(Decisions decisions, bool revoking)
    {
        if (_stored >= 0) CheckLease();
        else if (_candidate.Value != 0) StoreLease();
        else if (decisions.Next(3) == 0) Release(decisions.Next(_held.Length), revoking);
        else if (_header->Newest != 0 && Array.IndexOf(_held, default) >= 0) _candidate = new FrameWord(_header->Newest);
        foreach (FrameWord frame in _held)
            if (!revoking && frame.Value != 0 && Pixel(frame.Slot) != frame.Sequence)
                throw new InvalidOperationException($"Frame {frame.Sequence} is held, but slot {frame.Slot} shows {Pixel(frame.Slot)}.");
    }

    public void Dispose()
    {
        _remote.Dispose();
        _queue.Dispose();
        _page.Dispose();
    }

    private void StoreLease()
    {
        _stored = Array.IndexOf(_held, default);
        _words[_stored] = _candidate.Value;
    }

    private void CheckLease()
    {
        if (_slots[_candidate.Slot].Sequence == _candidate.Sequence) _held[_stored] = _candidate;
        else _words[_stored] = 0;
        _candidate = default;
        _stored = -1;
    }

    private void Release(int word, bool revoking)
    {
        FrameWord frame = _held[word];
        if (frame.Value == 0) return;
        ulong seen = Pixel(frame.Slot);
        bool whole = _slots[frame.Slot].Sequence == frame.Sequence;
        if (whole && seen != frame.Sequence) throw new InvalidOperationException($"Slot {frame.Slot} shows {seen} and vouches for {frame.Sequence}.");

        // Sequence 0 while the producer only chooses: the consumer must throw the frame away, although nothing was drawn yet.
        if (!whole && !revoking && seen != frame.Sequence) throw new InvalidOperationException($"The lease of frame {frame.Sequence} was lost.");
        if (whole) Accepted++;
        _words[word] = 0;
        _held[word] = default;
    }

    private ulong Pixel(int slot) => *(ulong*)(_queue.Address + _header->FirstSlotOffset + (ulong)slot * _header->SlotSize);
}
