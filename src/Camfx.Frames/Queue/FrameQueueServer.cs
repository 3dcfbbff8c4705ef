using System.Collections.Concurrent;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// Gives a camera's queues to programs of the same user: listens on a socket, hands each consumer the queue's memory and a control page, and takes
/// its leases back when its connection ends, however it ends. One thread, asleep in poll(2) while nothing happens.
/// </summary>
/// <remarks>Thread-safe. The host is called on the server's thread.</remarks>
public sealed class FrameQueueServer : IDisposable
{
    /// <summary>Frames one consumer at the socket may hold at once: one it shows, one it fetches.</summary>
    public const int MaxShare = 2;

    private const int MaxConnections = 64;
    private const long HelloTimeNs = 2_000_000_000;
    private const long AcceptPauseNs = 100_000_000;

    private readonly IFrameQueueHost _host;
    private readonly FileDescriptor _listener;
    private readonly EventFd _signal;
    private readonly Thread _thread;
    private readonly uint _user;
    private readonly ConcurrentQueue<(FrameQueueWriter Old, FrameQueueWriter New)> _replacements = new();
    private readonly List<ServerConnection> _connections = [];
    private long _acceptFrom;
    private int _lastId;
    private volatile bool _stopping;

    /// <summary>Starts to listen. The folder is made with mode 0700; a socket that nobody listens to any more is replaced.</summary>
    /// <param name="path">Where; see <see cref="FrameQueueAddress.PathOf"/>.</param>
    /// <param name="host">Who has the queues.</param>
    /// <exception cref="PosixException">EADDRINUSE: somebody listens there already. Others: the folder or socket could not be made.</exception>
    public FrameQueueServer(string path, IFrameQueueHost host)
    {
        Path = path;
        _host = host;
        _listener = UnixSocket.Listen(path, UnixSocketType.SequencedPacket);
        try
        {
            // A socket belongs to whoever made it: this is the user whose programs are let in.
            _user = FileStatus.Of(_listener).UserId;
            _signal = EventFd.Create();
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "queue-server" };
        _thread.Start();
    }

    /// <summary>Where it listens.</summary>
    public string Path { get; }

    /// <summary>
    /// Moves every consumer of one queue to another of a later generation: each gets a new WELCOME on its connection. Returns at once; then the
    /// caller supersedes the old queue.
    /// </summary>
    public void Replace(FrameQueueWriter old, FrameQueueWriter replacement)
    {
        _replacements.Enqueue((old, replacement));
        _signal.Signal();
    }

    /// <summary>Hangs up on every consumer and stops listening. Must not be called by the host from within a call of the server.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _signal.Signal();
        _thread.Join();
        _signal.Dispose();
    }

    private void Run()
    {
        var descriptors = new PollDescriptor[MaxConnections + 2];
        while (!_stopping)
        {
            int count = _connections.Count;
            long now = MonotonicClock.Now, next = _acceptFrom > now ? _acceptFrom : long.MaxValue;
            bool accepting = count < MaxConnections && _acceptFrom <= now;
            descriptors[0] = new PollDescriptor(_signal.Descriptor, PollEvents.Readable);
            descriptors[1] = new PollDescriptor(_listener, accepting ? PollEvents.Readable : PollEvents.None);
            for (int i = 0; i < count; i++)
            {
                descriptors[i + 2] = new PollDescriptor(_connections[i].Socket, PollEvents.Readable);
                next = Math.Min(next, _connections[i].HelloDeadline);
            }

            _ = Poll.Wait(descriptors.AsSpan(0, count + 2), next == long.MaxValue ? Poll.NoTimeout : Math.Max(0, next - now));
            now = MonotonicClock.Now;
            for (int i = count - 1; i >= 0; i--) Serve(_connections[i], descriptors[i + 2].Returned != PollEvents.None, now);
            if (descriptors[0].Returned != PollEvents.None) MoveConsumers();
            if (descriptors[1].Returned != PollEvents.None) Accept(now);
        }

        // The path goes first: who finds the socket gone knows that nobody serves it.
        DeleteSocket();
        _listener.Dispose();
        while (_connections.Count > 0) Close(_connections[^1]);
    }

    private void DeleteSocket()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Its folder is gone already, or no longer ours: nobody finds the socket there.
        }
    }

    private void Accept(long now)
    {
        FileDescriptor socket;
        try
        {
            socket = UnixSocket.Accept(_listener);
        }
        catch (PosixException)
        {
            // The peer left before it was accepted, or descriptors ran out. Then it still waits at the listener: a pause keeps this thread from
            // being told so without end.
            _acceptFrom = now + AcceptPauseNs;
            return;
        }

        try
        {
            PeerCredentials peer = UnixSocket.Credentials(socket);
            if (peer.UserId == _user)
            {
                _connections.Add(new ServerConnection(++_lastId, socket, peer.ProcessId, now + HelloTimeNs));
                return;
            }

            ServerConnection.Refuse(socket, $"the camera belongs to user {_user}, not to {peer.UserId}");
        }
        catch (PosixException)
        {
            // It left meanwhile.
        }

        socket.Dispose();
    }

    private void Serve(ServerConnection connection, bool ready, long now)
    {
        try
        {
            if (ready ? !Receive(connection) : now >= connection.HelloDeadline) Close(connection);
        }
        catch (PosixException)
        {
            // It hung up between two calls, or there is no memory for a control page: either way it gets no queue.
            Close(connection);
        }
    }

    /// <summary>Handles what a consumer sent; false when the connection is over.</summary>
    private bool Receive(ServerConnection connection)
    {
        if (!connection.TryReceiveHello(out HelloMessage hello, out bool waiting)) return waiting;
        if (hello.Version != WireFormat.Version)
        {
            connection.Refuse($"this camera speaks version {WireFormat.Version}, not {hello.Version}: {WireFormat.OtherVersion}");
            return false;
        }

        FrameQueueWriter? queue = _host.Open(hello.FourCC, out string refusal);
        if (queue == null)
        {
            connection.Refuse(refusal);
            return false;
        }

        if (!TryWelcome(connection, queue, (int)Math.Min(hello.Leases, MaxShare)))
        {
            _host.Abandoned(queue);
            return false;
        }

        connection.Client = connection.Describe(queue);
        _host.Attached(connection.Client);
        return true;
    }

    private static bool TryWelcome(ServerConnection connection, FrameQueueWriter queue, int leases)
    {
        try
        {
            return connection.Welcome(queue, leases);
        }
        catch (Exception failure) when (failure is PosixException or ObjectDisposedException)
        {
            // It hung up, or the queue was closed meanwhile: it may come again.
            return false;
        }
    }

    private void MoveConsumers()
    {
        _signal.Drain();
        while (_replacements.TryDequeue(out (FrameQueueWriter Old, FrameQueueWriter New) replacement))
        {
            for (int i = _connections.Count - 1; i >= 0; i--)
            {
                ServerConnection connection = _connections[i];
                if (connection.Client is not { } client || client.Queue != replacement.Old) continue;
                if (TryWelcome(connection, replacement.New, connection.LeasesWanted)) connection.Client = connection.Describe(replacement.New);
                else Close(connection);
            }
        }
    }

    private void Close(ServerConnection connection)
    {
        _connections.Remove(connection);
        connection.Dispose();
        if (connection.Client is { } client) _host.Detached(client);
    }
}
