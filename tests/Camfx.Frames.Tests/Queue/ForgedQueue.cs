using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

/// <summary>A queue made by hand, as a hostile producer could make it: valid until it is forged, and writable for as long as it lives.</summary>
internal sealed unsafe class ForgedQueue : IDisposable
{
    public const Seals AllSeals = Seals.Shrink | Seals.Grow | Seals.FutureWrite | Seals.Seal;

    private readonly MemoryMapping _mapping;
    private readonly FrameQueueWriter _model;
    private readonly RemoteConsumer _consumer;

    public ForgedQueue(Seals seals = AllSeals, long extra = 0)
    {
        _model = Queues.Writer();
        _consumer = _model.AddRemoteConsumer(2);
        Queues.PublishOne(_model);
        long size = FileStatus.Of(_model.Memory).Size;
        Memory = Memfd.Create("camfx-forged", size + extra);
        _mapping = MemoryMapping.Map(Memory, 0, Math.Min(size, size + extra), MapAccess.ReadWrite);
        using (MemoryMapping source = MemoryMapping.Map(_model.Memory, 0, size, MapAccess.Read))
            Buffer.MemoryCopy(source.Address, _mapping.Address, _mapping.Length, _mapping.Length);
        if (seals != Seals.None) Memfd.AddSeals(Memory, seals);
    }

    public FileDescriptor Memory { get; }

    public FileDescriptor Control => _consumer.Control;

    public QueueHeader* Header => (QueueHeader*)_mapping.Address;

    public SlotDescriptor* Slots => (SlotDescriptor*)(_mapping.Address + QueueHeader.Length);

    public FrameQueueReader Attach(QueueLimits? limits = null) => FrameQueueReader.Attach(Memory, Control, limits ?? QueueLimits.Default);

    public void Dispose()
    {
        _mapping.Dispose();
        Memory.Dispose();
        _consumer.Dispose();
        _model.Dispose();
    }
}
