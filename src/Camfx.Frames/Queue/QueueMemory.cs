using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// The producer's mapping of a queue: writable, and shared by the writer and its in-process consumers. The last of them to let go unmaps it, so
/// a stream that is still closing never touches memory that is gone.
/// </summary>
/// <remarks>Creation is thread-bound; <see cref="Retain"/> and <see cref="Release"/> are thread-safe.</remarks>
internal sealed unsafe class QueueMemory
{
    private readonly MemoryMapping _mapping;
    private int _holders = 1;

    private QueueMemory(
        FileDescriptor descriptor, MemoryMapping mapping, FrameQueueOptions options, int slotCount, int slotSize, int firstSlot, SlotDmaBufs dmaBufs)
    {
        Descriptor = descriptor;
        _mapping = mapping;
        Options = options;
        SlotCount = slotCount;
        SlotSize = slotSize;
        FirstSlotOffset = firstSlot;
        Header = (QueueHeader*)mapping.Address;
        Slots = (SlotDescriptor*)(mapping.Address + QueueHeader.Length);
        Pixels = mapping.Address + firstSlot;
        DmaBufs = dmaBufs;
    }

    public FileDescriptor Descriptor { get; }

    public FrameQueueOptions Options { get; }

    public int SlotCount { get; }

    public int SlotSize { get; }

    public int FirstSlotOffset { get; }

    public QueueHeader* Header { get; }

    public SlotDescriptor* Slots { get; }

    public SlotDmaBufs DmaBufs { get; }

    private byte* Pixels { get; }

    public static QueueMemory Create(FrameQueueOptions options)
    {
        int page = MemoryMapping.PageSize;
        int slotCount = options.LeaseLimit + 2;
        int slotSize = RoundUp(options.Layout.Size, page);
        int firstSlot = RoundUp(QueueHeader.Length + slotCount * SlotDescriptor.Length, page);
        long total = firstSlot + (long)slotCount * slotSize;
        FileDescriptor memory = Memfd.Create("camfx-queue-" + options.Name, total);
        try
        {
            MemoryMapping mapping = MemoryMapping.Map(memory, 0, total, MapAccess.ReadWrite);
            try
            {
                // The dma-bufs are made between the seals: udmabuf needs a memfd that is sealed against shrinking and refuses one that has
                // FUTURE_WRITE. From the last seal on, nobody who gets the descriptor can map it writable.
                Memfd.AddSeals(memory, Seals.Shrink | Seals.Grow);
                var dmaBufs = SlotDmaBufs.Make(memory, firstSlot, slotSize, options.DmaBufs);
                Memfd.AddSeals(memory, Seals.FutureWrite | Seals.Seal);
                var result = new QueueMemory(memory, mapping, options, slotCount, slotSize, firstSlot, dmaBufs);
                result.WriteHeader(total);
                return result;
            }
            catch
            {
                mapping.Dispose();
                throw;
            }
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    public byte* SlotAddress(int slot) => Pixels + (long)slot * SlotSize;

    public long SlotOffset(int slot) => FirstSlotOffset + (long)slot * SlotSize;

    public FrameView View(int slot) => new(SlotAddress(slot), Options.Layout, Options.Matrix, Options.Range);

    public void Retain() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0) return;
        _mapping.Dispose();
        DmaBufs.Dispose();
        Descriptor.Dispose();
    }

    private static int RoundUp(int value, int unit) => checked((value + unit - 1) / unit * unit);

    private void WriteHeader(long total)
    {
        Header->Magic = WireFormat.QueueMagic;
        Header->Version = WireFormat.Version;
        Header->HeaderSize = QueueHeader.Length;
        Header->TotalSize = (ulong)total;
        Header->SlotSize = (ulong)SlotSize;
        Header->FirstSlotOffset = (ulong)FirstSlotOffset;
        Header->SlotCount = (uint)SlotCount;
        Header->DescriptorSize = SlotDescriptor.Length;
        Header->Generation = Options.Generation;
        Header->ProducerPid = (uint)Environment.ProcessId;
        Header->FrameSize = (uint)Options.Layout.Size;
        Header->Format = FrameFormat.Of(Options.Layout, Options.Matrix, Options.Range);
        Header->FrameRateNumerator = (uint)Options.FrameRateNumerator;
        Header->FrameRateDenominator = (uint)Options.FrameRateDenominator;
        Header->State = QueueState.Live;
        for (int slot = 0; slot < SlotCount; slot++) Slots[slot].Format = Header->Format;
    }
}
