using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// A consumer in another process, as its producer holds it: the control page to hand over. Disposing it takes its leases back, whether the
/// other process lives or not.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed unsafe class RemoteConsumer : IDisposable
{
    /// <summary>Lease words a control page can have: the most a consumer can hold.</summary>
    public const int MaxShare = WireFormat.MaxShare;

    private readonly FrameQueueWriter _writer;
    private readonly MemoryMapping _mapping;

    private FileDescriptor? _ownSocket;

    private RemoteConsumer(FrameQueueWriter writer, FileDescriptor control, MemoryMapping mapping, int share, FileDescriptor? socket)
    {
        _writer = writer;
        _mapping = mapping;
        Control = control;
        Share = share;
        var page = (ControlPage*)mapping.Address;
        Leases = new ConsumerLeases(&page->FirstLease, &page->Waiting, share, revocable: true, socket);
    }

    /// <summary>The control page, sealed in its size; the consumer maps it writable.</summary>
    public FileDescriptor Control { get; }

    /// <summary>Frames it may hold at once.</summary>
    public int Share { get; }

    /// <summary>
    /// The consumer's end of a socket that this object holds the other end of, to be passed with <see cref="Control"/>; null where the consumer came
    /// on a connection of its own. <see cref="FrameQueueConnection.Adopt"/> takes it.
    /// </summary>
    public FileDescriptor? Peer { get; private set; }

    /// <summary>This object's own end of that socket: it hangs up when the consumer is gone. Borrowed; null where <see cref="Peer"/> is.</summary>
    public FileDescriptor? OwnEnd => _ownSocket;

    internal ConsumerLeases Leases { get; }

    internal static RemoteConsumer Create(FrameQueueWriter writer, int share, FileDescriptor? socket)
    {
        FileDescriptor control = Memfd.Create("camfx-control", MemoryMapping.PageSize);
        try
        {
            using (MemoryMapping mapping = MemoryMapping.Map(control, 0, MemoryMapping.PageSize, MapAccess.ReadWrite))
            {
                var page = (ControlPage*)mapping.Address;
                page->Magic = WireFormat.ControlMagic;
                page->Version = WireFormat.Version;
                page->Share = (uint)share;
                page->Generation = writer.Options.Generation;
            }

            Memfd.AddSeals(control, Seals.Shrink | Seals.Grow | Seals.Seal);
            MemoryMapping readable = MemoryMapping.Map(control, 0, MemoryMapping.PageSize, MapAccess.Read);
            return new RemoteConsumer(writer, control, readable, share, socket);
        }
        catch
        {
            control.Dispose();
            throw;
        }
    }

    /// <summary>As above, with a pair of sockets: one end is kept here, the other is <see cref="Peer"/>.</summary>
    internal static RemoteConsumer CreateWithPeer(FrameQueueWriter writer, int share)
    {
        (FileDescriptor own, FileDescriptor peer) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        try
        {
            RemoteConsumer consumer = Create(writer, share, own);
            consumer._ownSocket = own;
            consumer.Peer = peer;
            return consumer;
        }
        catch
        {
            own.Dispose();
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Closes this process's <see cref="Peer"/> once it has been passed, so that its other holder's end is heard as a hang-up.</summary>
    public void ClosePeer() => Peer?.Dispose();

    /// <summary>Takes its leases back, unmaps its page and hangs up on its <see cref="Peer"/>. Further calls do nothing.</summary>
    public void Dispose()
    {
        // The consumer first: until it is removed, the publishing thread may read its page and send to its socket.
        _writer.Remove(this);
        _mapping.Dispose();
        Control.Dispose();
        _ownSocket?.Dispose();
        Peer?.Dispose();
    }
}
