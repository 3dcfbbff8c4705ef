using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

/// <summary>A consumer that writes whatever it likes to its control page: noise, and words that name real frames.</summary>
internal sealed unsafe class HostilePage : IDisposable
{
    private readonly RemoteConsumer _remote;
    private readonly MemoryMapping _queue;
    private readonly MemoryMapping _page;

    public HostilePage(FrameQueueWriter writer, int leases)
    {
        _remote = writer.AddRemoteConsumer(leases);
        _queue = MemoryMapping.Map(writer.Memory, 0, writer.SlotOffset(0), MapAccess.Read);
        _page = MemoryMapping.Map(_remote.Control, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
    }

    public void Step(Decisions decisions)
    {
        var header = (QueueHeader*)_queue.Address;
        var slots = (SlotDescriptor*)(_queue.Address + QueueHeader.Length);
        ulong* words = &((ControlPage*)_page.Address)->FirstLease;
        int slot = decisions.Next((int)header->SlotCount);
        ulong value = decisions.Next(4) switch
        {
            0 => (ulong)decisions.Next(int.MaxValue) * 0x9e3779b97f4a7c15,
            1 => ulong.MaxValue,
            2 => new FrameWord(0, slot).Value,
            _ => new FrameWord(slots[slot].Sequence, slot).Value,
        };
        words[decisions.Next(WireFormat.MaxShare)] = value;
    }

    /// <summary>Claims the frame of one slot with every word it has, also those beyond its share.</summary>
    public void ClaimEverywhere(ulong value)
    {
        ulong* words = &((ControlPage*)_page.Address)->FirstLease;
        for (int i = 0; i < WireFormat.MaxShare; i++) words[i] = value;
    }

    /// <summary>What a slot's descriptor says now.</summary>
    public ulong SequenceOf(int slot) => ((SlotDescriptor*)(_queue.Address + QueueHeader.Length))[slot].Sequence;

    /// <summary>Scribbles over the whole page, waiting flag and header included.</summary>
    public void Fill(byte value) => new Span<byte>(_page.Address, MemoryMapping.PageSize).Fill(value);

    public void Dispose()
    {
        _remote.Dispose();
        _queue.Dispose();
        _page.Dispose();
    }
}
