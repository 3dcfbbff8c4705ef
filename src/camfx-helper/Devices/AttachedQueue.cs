using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Devices;

/// <summary>
/// A queue as a session handed it over: mapped, checked, with its dma-bufs. Whoever made it may be hostile. Only the queue's reader touches its
/// memory, and what it finds wrong is a <see cref="QueueException"/>.
/// </summary>
/// <remarks>Made on the bus's thread, used and disposed on the writer's.</remarks>
internal sealed class AttachedQueue : IDisposable
{
    /// <summary>Slots that a queue may have: as many as its format allows, for other consumers read the same queue. Only the first have dma-bufs.</summary>
    public const int MaxSlots = FrameQueueOptions.MaxLeaseLimit + 2;

    /// <summary>Slots whose memory is taken for a driver that reads it here: more than a driver holds, the lowest are used first.</summary>
    private const int MostMapped = 12;

    private readonly FrameQueueConnection? _connection;
    private readonly FileDescriptor[] _dmaBufs;

    private AttachedQueue(FrameQueueReader reader, FrameQueueConnection? connection, FileDescriptor[] dmaBufs)
    {
        Reader = reader;
        _connection = connection;
        _dmaBufs = dmaBufs;
    }

    /// <summary>The queue.</summary>
    public FrameQueueReader Reader { get; }

    /// <summary>What can be polled for a frame or the producer's end; null: the session gave no socket.</summary>
    public FileDescriptor? Socket => _connection?.Socket;

    /// <summary>Whether frames will no longer come.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The time of one frame that the producer declares, ns.</summary>
    public long FrameTimeNs => (long)(1_000_000_000.0 * Reader.FrameRateDenominator / Reader.FrameRateNumerator);

    /// <summary>Checks a queue and maps it. Takes the dma-bufs over when it succeeds; the other descriptors are borrowed.</summary>
    /// <param name="memory">The queue's memory.</param>
    /// <param name="control">The control page.</param>
    /// <param name="socket">The consumer's end of a pair of sockets, or null.</param>
    /// <param name="dmaBufs">Of its first slots, or none.</param>
    /// <param name="mode">What the device shows.</param>
    /// <exception cref="QueueException">It breaks a rule.</exception>
    /// <exception cref="PosixException">The kernel could not look at or map it.</exception>
    public static AttachedQueue Open(
        FileDescriptor memory, FileDescriptor control, FileDescriptor? socket, FileDescriptor[] dmaBufs, DeviceMode mode)
    {
        // Rows may be padded by the writer of another program, by a page each at the very most.
        long frame = FrameLayout.Packed(mode.Format, mode.Width, mode.Height).Size;
        QueueLimits limits = new(MaxSlots, frame * 2 + MemoryMapping.PageSize);
        FrameQueueConnection? connection = socket is null ? null : FrameQueueConnection.Adopt(memory, control, socket, limits);
        FrameQueueReader reader = connection?.Reader ?? FrameQueueReader.Attach(memory, control, limits);
        try
        {
            FrameLayout layout = reader.Layout;
            if (layout.Format != mode.Format || layout.Width != mode.Width || layout.Height != mode.Height)
            {
                throw new QueueException(
                    QueueError.BadFormat,
                    $"The queue has frames of {layout.Width}x{layout.Height} {layout.Format}, the device shows {mode.Width}x{mode.Height} {mode.Format}.");
            }

            if (reader.Share < 1) throw new QueueException(QueueError.BadControlPage, "The control page grants no lease; a device needs one at least.");
            if (dmaBufs.Length > reader.SlotCount)
                throw new QueueException(QueueError.BadHeader, $"There are {dmaBufs.Length} dma-bufs for {reader.SlotCount} slots.");
            return new AttachedQueue(reader, connection, dmaBufs);
        }
        catch
        {
            if (connection is not null) connection.Dispose();
            else reader.Dispose();
            throw;
        }
    }

    /// <summary>Its slots as a driver could read them.</summary>
    /// <param name="wish">What the session wants.</param>
    public OutputSlot[] Slots(MemoryWish wish)
    {
        int count = _dmaBufs.Length > 0 && wish != MemoryWish.Userptr ? _dmaBufs.Length : Math.Min(Reader.SlotCount, MostMapped);
        bool mapped = wish is MemoryWish.Userptr or MemoryWish.Auto or MemoryWish.ZeroCopy;
        OutputSlot[] slots = new OutputSlot[count];
        for (int slot = 0; slot < count; slot++)
        {
            FileDescriptor? dmaBuf = slot < _dmaBufs.Length && wish != MemoryWish.Userptr ? _dmaBufs[slot] : null;
            slots[slot] = new OutputSlot(mapped ? Reader.SlotAddress(slot) : 0, Reader.SlotSize, dmaBuf);
        }

        return slots;
    }

    /// <summary>Looks whether the producer is still there.</summary>
    public void Look()
    {
        if (Reader.State != QueueState.Live) HasEnded = true;
    }

    /// <summary>From here on a frame later than the last one, or the end, makes <see cref="Socket"/> readable.</summary>
    /// <returns>True: there is such a thing already.</returns>
    public bool BeginPoll() => _connection!.BeginPoll(Reader.LastSequence);

    /// <summary>After the poll, however it ended.</summary>
    /// <exception cref="QueueException">The producer broke the protocol of the socket.</exception>
    public void EndPoll()
    {
        if (_connection!.EndPoll(Reader.LastSequence) == QueueEvent.Ended) HasEnded = true;
    }

    public void Dispose()
    {
        if (_connection is not null) _connection.Dispose();
        else Reader.Dispose();
        foreach (FileDescriptor dmaBuf in _dmaBufs) dmaBuf.Dispose();
    }
}
