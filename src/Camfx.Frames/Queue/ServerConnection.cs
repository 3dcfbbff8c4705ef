using System.Runtime.InteropServices;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>One consumer's connection at the server.</summary>
/// <remarks>Thread-bound to the server's thread.</remarks>
internal sealed class ServerConnection(int id, FileDescriptor socket, int processId, long helloDeadline) : IDisposable
{
    private RemoteConsumer? _consumer;

    public FileDescriptor Socket => socket;

    /// <summary>When it must have said hello; never, once it has.</summary>
    public long HelloDeadline { get; private set; } = helloDeadline;

    public int LeasesWanted { get; private set; }

    /// <summary>Set while the host counts it as a consumer.</summary>
    public FrameQueueClient? Client { get; set; }

    public static void Refuse(FileDescriptor socket, string reason)
    {
        RefusedMessage message = RefusedMessage.Of(reason);

        // A new connection's socket is empty: the message fits, or nobody reads it.
        _ = UnixSocket.Send(socket, AsBytes(in message), wait: false);
    }

    public void Refuse(string reason) => Refuse(socket, reason);

    /// <summary>Receives the consumer's HELLO.</summary>
    /// <param name="hello">The message, when the result is true.</param>
    /// <param name="waiting">When the result is false: whether the connection goes on, because nothing has come yet.</param>
    public unsafe bool TryReceiveHello(out HelloMessage hello, out bool waiting)
    {
        hello = default;
        Span<byte> buffer = stackalloc byte[sizeof(HelloMessage)];
        using ReceivedMessage message = UnixSocket.Receive(socket, buffer, wait: false, maximumDescriptors: 0);
        waiting = message.IsEmpty;
        if (message.IsEmpty || message.IsClosed) return false;

        // A consumer has nothing to say after its HELLO: whatever comes then ends the connection.
        if (_consumer != null || message.IsTruncated || message.Length != sizeof(HelloMessage)) return false;
        hello = MemoryMarshal.Read<HelloMessage>(buffer);
        return hello.Kind == MessageKind.Hello && hello.Magic == WireFormat.QueueMagic;
    }

    /// <summary>Gives the consumer a queue, its first or one that replaces it. False when its socket is full: it does not read.</summary>
    public bool Welcome(FrameQueueWriter queue, int leases)
    {
        HelloDeadline = long.MaxValue;
        LeasesWanted = leases;
        RemoteConsumer consumer = queue.AddRemoteConsumer(leases, socket);
        var message = new WelcomeMessage
        {
            Kind = MessageKind.Welcome,
            Version = WireFormat.Version,
            Generation = queue.Options.Generation,
            Share = (uint)consumer.Share,
        };
        bool sent = false;
        try
        {
            sent = UnixSocket.Send(socket, AsBytes(in message), [queue.Memory, consumer.Control], wait: false);
        }
        finally
        {
            if (!sent) consumer.Dispose();
        }

        if (!sent) return false;
        _consumer?.Dispose();
        _consumer = consumer;
        return true;
    }

    public FrameQueueClient Describe(FrameQueueWriter queue) => new(id, processId, ProcessName(), queue, _consumer?.Share ?? 0);

    public void Dispose()
    {
        // The consumer first: the publishing thread may be sending to the socket.
        _consumer?.Dispose();
        socket.Dispose();
    }

    private static ReadOnlySpan<byte> AsBytes<T>(in T message) where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message));

    private string ProcessName()
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").TrimEnd('\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"process {processId}";
        }
    }
}
