using Camfx.Posix;

namespace Camfx.V4L2.Probe;

/// <summary>Shared memory in slots, each with a dma-buf where the kernel gives them: what a frame queue hands to devices.</summary>
internal sealed unsafe class SlotMemory : IDisposable
{
    private readonly FileDescriptor _memory;
    private readonly MemoryMapping _mapping;
    private readonly List<FileDescriptor> _dmaBufs = [];

    internal SlotMemory(int count, int size, bool dmaBufs)
    {
        int page = MemoryMapping.PageSize;
        SlotSize = (size + page - 1) / page * page;
        Count = count;
        _memory = Memfd.Create("v4l2-probe", (long)count * SlotSize);
        _mapping = MemoryMapping.Map(_memory, 0, (long)count * SlotSize, MapAccess.ReadWrite);
        if (!dmaBufs) return;
        Memfd.AddSeals(_memory, Seals.Shrink);
        using Udmabuf node = Udmabuf.Open();
        for (int slot = 0; slot < count; slot++) _dmaBufs.Add(node.Create(_memory, (long)slot * SlotSize, SlotSize));
    }

    internal int Count { get; }

    internal int SlotSize { get; }

    internal byte* Address(int slot) => _mapping.Address + (long)slot * SlotSize;

    internal CaptureSlot[] ForCapture(bool mapped = true) =>
        [.. Enumerable.Range(0, Count).Select(slot => new CaptureSlot(mapped ? (nint)Address(slot) : 0, SlotSize, _dmaBufs.ElementAtOrDefault(slot)))];

    internal OutputSlot[] ForOutput() =>
        [.. Enumerable.Range(0, Count).Select(slot => new OutputSlot((nint)Address(slot), SlotSize, _dmaBufs.ElementAtOrDefault(slot)))];

    public void Dispose()
    {
        foreach (FileDescriptor dmaBuf in _dmaBufs) dmaBuf.Dispose();
        _mapping.Dispose();
        _memory.Dispose();
    }
}
