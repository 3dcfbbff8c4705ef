using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Fuzz.Forging;

/// <summary>
/// A queue in the hands of a hostile producer: its memory stays writable here, whatever its seals say, and can be put back as an honest producer left it.
/// </summary>
internal sealed unsafe class Forgery : IDisposable
{
    public const Seals QueueSeals = Seals.Shrink | Seals.Grow | Seals.FutureWrite | Seals.Seal;

    private readonly MemoryMapping _memory;
    private readonly MemoryMapping _control;
    private readonly byte[] _honestHead;
    private readonly byte[] _honestControl;

    /// <summary>Forges a queue after an honest one.</summary>
    /// <param name="extra">Bytes its memory has more than its header says; at least one byte is left, and with it the first page.</param>
    /// <param name="seals">Its seals.</param>
    public Forgery(long extra, Seals seals)
    {
        var layout = FrameLayout.Packed(PixelFormat.I420, 64, 48);
        using var honest = FrameQueueWriter.Create(new FrameQueueOptions("honest", layout, ColorMatrix.Bt709, ColorRange.Limited, 30, 1, 4, Generation: 7));
        using RemoteConsumer consumer = honest.AddRemoteConsumer(2);
        for (int frame = 0; frame < 4; frame++)
            if (honest.TryBegin(out FrameSlot slot)) honest.Publish(slot, new FrameTiming(frame, frame));
        long whole = FileStatus.Of(honest.Memory).Size;
        Size = whole + extra;
        Seals = seals;
        Memory = Memfd.Create("camfx-forged", Size);
        _memory = MemoryMapping.Map(Memory, 0, Math.Max(MemoryMapping.PageSize, Math.Min(Size, whole)), MapAccess.ReadWrite);
        Control = Memfd.Create("camfx-forged-control", MemoryMapping.PageSize);
        _control = MemoryMapping.Map(Control, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        _honestHead = Bytes(honest.Memory, (int)honest.SlotOffset(0));
        _honestControl = Bytes(consumer.Control, MemoryMapping.PageSize);
        Restore();
        if (seals != Seals.None) Memfd.AddSeals(Memory, seals);
        Memfd.AddSeals(Control, Seals.Shrink | Seals.Grow | Seals.Seal);
    }

    public FileDescriptor Memory { get; }

    public FileDescriptor Control { get; }

    public Seals Seals { get; }

    public long Size { get; }

    public QueueHeader* Header => (QueueHeader*)_memory.Address;

    public SlotDescriptor* Slots => (SlotDescriptor*)(_memory.Address + QueueHeader.Length);

    public ControlPage* Page => (ControlPage*)_control.Address;

    /// <summary>Header and descriptors: everything before the first slot.</summary>
    public Span<byte> Head => new(_memory.Address, _honestHead.Length);

    public Span<byte> ControlBytes => new(_control.Address, ControlPage.Length);

    /// <summary>Puts everything back as the honest producer left it.</summary>
    public void Restore()
    {
        _honestHead.CopyTo(Head);
        _honestControl.AsSpan(0, ControlPage.Length).CopyTo(ControlBytes);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _control.Dispose();
        Memory.Dispose();
        Control.Dispose();
    }

    private static byte[] Bytes(FileDescriptor memory, int count)
    {
        using MemoryMapping mapping = MemoryMapping.Map(memory, 0, count, MapAccess.Read);
        return new ReadOnlySpan<byte>(mapping.Address, count).ToArray();
    }
}
