using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// Everything that is checked before a consumer trusts a queue's memory. The producer may be hostile and may write at any time: what is checked
/// is a copy, and only the copy is used.
/// </summary>
internal static unsafe class QueueInspection
{
    private const Seals QueueSeals = Seals.Shrink | Seals.Grow | Seals.FutureWrite | Seals.Seal;
    private const Seals ControlSeals = Seals.Shrink | Seals.Grow | Seals.Seal;

    /// <summary>Maps the queue read-only and gives its checked header. Only the header's pages are touched.</summary>
    public static MemoryMapping MapQueue(FileDescriptor memory, QueueLimits limits, out QueueHeader header, out FrameLayout layout)
    {
        long size = CheckFile(memory, "queue's memory", QueueSeals);
        if (size > limits.MaxTotal)
            throw Error(QueueError.TooLarge, $"The queue's memory has {size} bytes, more than the {limits.MaxTotal} allowed.");
        if (size < MemoryMapping.PageSize)
            throw Error(QueueError.WrongSize, $"The queue's memory has {size} bytes, too few for a header.");
        MemoryMapping mapping = MemoryMapping.Map(memory, 0, size, MapAccess.Read);
        try
        {
            Populate(mapping, 0, MemoryMapping.PageSize);
            header = *(QueueHeader*)mapping.Address;
            CheckHeader(header, size, limits);
            Populate(mapping, 0, (long)header.FirstSlotOffset);
            if (header.Format.Read((long)header.FrameSize, out layout) is string fault)
                throw Error(QueueError.BadFormat, $"The queue's format {fault}.");
            return mapping;
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    /// <summary>Maps a consumer's own page, writable, and gives its share.</summary>
    public static MemoryMapping MapControl(FileDescriptor control, ulong generation, out int share)
    {
        long size = CheckFile(control, "control page", ControlSeals);
        if (size != MemoryMapping.PageSize)
            throw Error(QueueError.BadControlPage, $"The control page has {size} bytes, expected {MemoryMapping.PageSize}.");
        MemoryMapping mapping;
        try
        {
            mapping = MemoryMapping.Map(control, 0, size, MapAccess.ReadWrite);
        }
        catch (PosixException failure)
        {
            throw new QueueException(QueueError.BadControlPage, $"The control page cannot be written: {failure.Message}", failure);
        }

        try
        {
            Populate(mapping, 0, size);
            ControlPage page = *(ControlPage*)mapping.Address;
            if (page.Magic != WireFormat.ControlMagic || page.Version != WireFormat.Version || page.Share > WireFormat.MaxShare)
                throw Error(
                    QueueError.BadControlPage,
                    $"The control page says magic 0x{page.Magic:x}, version {page.Version}, share {page.Share}; expected 0x{WireFormat.ControlMagic:x}, "
                    + $"{WireFormat.Version}, at most {WireFormat.MaxShare}.");
            if (page.Generation != generation)
                throw Error(QueueError.BadControlPage, $"The control page is of generation {page.Generation}, the queue of {generation}.");
            share = (int)page.Share;
            return mapping;
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    /// <summary>Makes pages present, so that a page the kernel cannot give is an exception and not a SIGBUS.</summary>
    public static void Populate(MemoryMapping mapping, long offset, long length)
    {
        try
        {
            mapping.Populate(offset, length);
        }
        catch (PosixException failure)
        {
            throw new QueueException(QueueError.Unreadable, $"The queue's memory cannot be read: {failure.Message}", failure);
        }
    }

    private static long CheckFile(FileDescriptor file, string what, Seals required)
    {
        FileStatus status = FileStatus.Of(file);
        if (status.Kind != FileKind.Regular) throw Error(QueueError.NotAFile, $"The {what} is a {status.Kind}, expected a memfd.");
        long system = FileStatus.FileSystemType(file);
        if (system != FileStatus.TmpfsMagic)
            throw Error(QueueError.NotSharedMemory, $"The {what} lies on file system 0x{system:x}, expected tmpfs (0x{FileStatus.TmpfsMagic:x}).");
        Seals seals = Memfd.GetSeals(file);
        if ((seals & required) != required) throw Error(QueueError.NotSealed, $"The {what} is sealed '{seals}', expected '{required}'.");
        return status.Size;
    }

    private static void CheckHeader(in QueueHeader header, long size, QueueLimits limits)
    {
        if (header.Magic != WireFormat.QueueMagic)
            throw Error(QueueError.NotAQueue, $"The memory starts with 0x{header.Magic:x}, expected 0x{WireFormat.QueueMagic:x}.");
        if (header.Version != WireFormat.Version)
            throw Error(QueueError.UnsupportedVersion, $"The queue has version {header.Version}, expected {WireFormat.Version}: {WireFormat.OtherVersion}.");
        if (header.HeaderSize != QueueHeader.Length || header.DescriptorSize != SlotDescriptor.Length)
            throw Error(
                QueueError.BadHeader,
                $"The header says {header.HeaderSize} and {header.DescriptorSize} bytes for itself and a descriptor, expected {QueueHeader.Length} and "
                + $"{SlotDescriptor.Length}.");
        if (header.SlotCount < WireFormat.MinSlots || header.SlotCount > Math.Min(limits.MaxSlots, WireFormat.MaxSlots))
            throw Error(QueueError.BadHeader, $"The queue has {header.SlotCount} slots, expected {WireFormat.MinSlots} to {limits.MaxSlots}.");
        ulong page = (ulong)MemoryMapping.PageSize;
        if (header.SlotSize == 0 || header.SlotSize % page != 0 || header.SlotSize > (ulong)Math.Min(limits.MaxSlotSize + (long)page, int.MaxValue))
            throw Error(
                QueueError.BadHeader, $"A slot has {header.SlotSize} bytes, expected a multiple of {page} up to {limits.MaxSlotSize}.");
        ulong least = QueueHeader.Length + header.SlotCount * (ulong)SlotDescriptor.Length;
        if (header.FirstSlotOffset < least || header.FirstSlotOffset % page != 0 || header.FirstSlotOffset > WireFormat.MaxFirstSlotOffset)
            throw Error(
                QueueError.BadHeader,
                $"The first slot is at {header.FirstSlotOffset}, expected a multiple of {page} from {least} to {WireFormat.MaxFirstSlotOffset}.");

        // Count, size and offset are bounded above: the sum is far below 2^63.
        ulong total = header.FirstSlotOffset + header.SlotCount * header.SlotSize;
        if (header.TotalSize != total || (ulong)size != total)
            throw Error(
                QueueError.WrongSize, $"The memory has {size} bytes and the header says {header.TotalSize}; its slots make {total}.");
        if (header.FrameSize == 0 || header.FrameSize > header.SlotSize)
            throw Error(QueueError.BadHeader, $"A frame has {header.FrameSize} bytes in a slot of {header.SlotSize}.");
        if (header.FrameRateNumerator is 0 or > int.MaxValue || header.FrameRateDenominator is 0 or > int.MaxValue)
            throw Error(QueueError.BadFormat, $"The frame rate is {header.FrameRateNumerator}/{header.FrameRateDenominator}.");
    }

    private static QueueException Error(QueueError error, string message) => new(error, message);
}
