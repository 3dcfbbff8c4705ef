using Camfx.Posix;

namespace Camfx.V4L2.Tests;

/// <summary>Slots of shared memory. A played driver takes the memfd of each for its dma-buf.</summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    private readonly List<(FileDescriptor Memory, MemoryMapping Mapping)> _slots = [];

    internal SharedMemory(int count, int size)
    {
        int page = MemoryMapping.PageSize;
        SlotSize = (size + page - 1) / page * page;
        for (int slot = 0; slot < count; slot++)
        {
            FileDescriptor memory = Memfd.Create("v4l2-test", SlotSize);
            _slots.Add((memory, MemoryMapping.Map(memory, 0, SlotSize, MapAccess.ReadWrite)));
        }
    }

    internal int SlotSize { get; }

    internal Span<byte> this[int slot] => new(_slots[slot].Mapping.Address, SlotSize);

    internal OutputSlot[] Output(bool dmaBufs = true, bool mapped = true) =>
        [.. _slots.Select(slot => new OutputSlot(mapped ? (nint)slot.Mapping.Address : 0, SlotSize, dmaBufs ? slot.Memory : null))];

    internal CaptureSlot[] Capture(bool dmaBufs = true, bool mapped = true) =>
        [.. _slots.Select(slot => new CaptureSlot(mapped ? (nint)slot.Mapping.Address : 0, SlotSize, dmaBufs ? slot.Memory : null))];

    public void Dispose()
    {
        foreach ((FileDescriptor memory, MemoryMapping mapping) in _slots)
        {
            mapping.Dispose();
            memory.Dispose();
        }
    }
}
