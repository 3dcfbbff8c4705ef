using System.Runtime.InteropServices;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// A consumer's connection to a camera's <see cref="FrameQueueServer"/>: it holds the queue's reader, and notices when the producer dies or
/// changes the queue.
/// </summary>
/// <remarks>
/// Thread-bound. Frames may be read from the <see cref="Reader"/> on another thread than the one that waits here; after
/// <see cref="QueueEvent.NewQueue"/> it must have gone over to the new one before the next <see cref="Wait"/>.
/// </remarks>
public sealed class FrameQueueConnection : IDisposable
{
    private const int MaxMessages = 64;
    private const long MaxPatienceNs = 1_000_000_000;

    private readonly FileDescriptor _socket;
    private readonly QueueLimits _limits;
    private readonly EventFd? _end;

    // Readers that were replaced since the last Wait. More than one, when a producer is hasty: somebody may still be reading any of them.
    private readonly List<FrameQueueReader> _previous = [];
    private FileDescriptor? _memory;
    private bool _adopted;

    private FrameQueueConnection(FileDescriptor socket, QueueLimits limits, EventFd? end)
    {
        _socket = socket;
        _limits = limits;
        _end = end;
    }

    /// <summary>
    /// The queue. After <see cref="QueueEvent.NewQueue"/> it is another one; the one before stays mapped until the next <see cref="Wait"/>, so
    /// that its leases can be released.
    /// </summary>
    public FrameQueueReader Reader { get; private set; } = null!;

    /// <summary>Descriptor of the queue's memory, borrowed until the queue changes.</summary>
    public FileDescriptor Memory => _memory!;

    /// <summary>Connects and waits for a queue.</summary>
    /// <param name="path">The camera's socket; see <see cref="FrameQueueAddress.PathOf"/>.</param>
    /// <param name="fourcc">The format wanted; 0 for any.</param>
    /// <param name="leases">Frames to hold at once; the producer may grant fewer.</param>
    /// <param name="limits">The largest queue to map; null for <see cref="QueueLimits.Default"/>.</param>
    /// <param name="timeoutNs">How long to wait for the producer's answer.</param>
    /// <param name="end">
    /// Signalled by another thread, it ends every wait here as if its time were over: at once, or within three frame times (one second at most)
    /// while frames come. Borrowed.
    /// </param>
    /// <exception cref="QueueException">Nobody is there, the producer refuses, or its queue fails a check.</exception>
    /// <exception cref="PosixException">A socket call failed.</exception>
    public static FrameQueueConnection Connect(
        string path, uint fourcc = 0, int leases = 2, QueueLimits? limits = null, long timeoutNs = 5_000_000_000, EventFd? end = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leases);
        var connection = new FrameQueueConnection(Open(path), limits ?? QueueLimits.Default, end);
        try
        {
            var hello = new HelloMessage
            {
                Kind = MessageKind.Hello,
                Version = WireFormat.Version,
                Magic = WireFormat.QueueMagic,
                FourCC = fourcc,
                Leases = (uint)leases,
            };
            connection.Send(hello, path);
            if (!connection.PollSocket(timeoutNs))
                throw new QueueException(QueueError.Disconnected, $"The producer at '{path}' does not answer.");
            if (connection.Receive() != QueueEvent.NewQueue)
                throw new QueueException(QueueError.Disconnected, $"The producer at '{path}' hung up before it gave a queue.");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes over a queue that was passed by other means than a <see cref="FrameQueueServer"/> (see
    /// <see cref="FrameQueueWriter.AddPassedConsumer"/>). It stays this one queue: a producer that sends another on the socket breaks the protocol,
    /// and one that is superseded has ended. The descriptors are borrowed and may be closed afterwards.
    /// </summary>
    /// <param name="memory">The queue's memory.</param>
    /// <param name="control">This consumer's control page.</param>
    /// <param name="socket">This consumer's end of the sockets. Whatever it is, nothing here waits for it longer than it says.</param>
    /// <param name="limits">The largest queue to map.</param>
    /// <param name="end">As in <see cref="Connect"/>.</param>
    /// <exception cref="QueueException">A check failed.</exception>
    /// <exception cref="PosixException">The kernel could not look at or map the memory.</exception>
    public static FrameQueueConnection Adopt(
        FileDescriptor memory, FileDescriptor control, FileDescriptor socket, QueueLimits limits, EventFd? end = null)
    {
        FileStatus status = FileStatus.Of(socket);
        if (status.Kind != FileKind.Socket) throw new QueueException(QueueError.BadMessage, $"The queue's socket is a {status.Kind}, expected a socket.");
        var connection = new FrameQueueConnection(socket.Duplicate(), limits, end) { _adopted = true };
        try
        {
            connection.Reader = FrameQueueReader.Attach(memory, control, limits);
            connection._memory = memory.Duplicate();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What becomes readable between <see cref="BeginPoll"/> and <see cref="EndPoll"/>; borrowed from the connection.</summary>
    public FileDescriptor Socket => _socket;

    /// <summary>
    /// For a thread that waits in poll(2) for other things too: from here on, a frame later than <paramref name="afterSequence"/>, a change of the
    /// queue or the producer's end makes <see cref="Socket"/> readable.
    /// </summary>
    /// <returns>True when there is such a thing already: do not sleep.</returns>
    public bool BeginPoll(ulong afterSequence)
    {
        UnmapPrevious();
        return Reader.AskForMessage(true, afterSequence);
    }

    /// <summary>After poll(2), however it ended: takes what has come from the socket.</summary>
    /// <returns><see cref="QueueEvent.TimedOut"/> when there is nothing new.</returns>
    /// <exception cref="QueueException">The producer broke the protocol, or its new queue fails a check.</exception>
    /// <exception cref="PosixException">The socket cannot be read.</exception>
    public QueueEvent EndPoll(ulong afterSequence)
    {
        Reader.AskForMessage(false, afterSequence);
        QueueEvent received = Receive();
        if (received is QueueEvent.NewQueue or QueueEvent.Ended) return received;
        if (Reader.NewestSequence > afterSequence) return QueueEvent.Frame;
        return HasEnded ? QueueEvent.Ended : QueueEvent.TimedOut;
    }

    /// <summary>Sleeps until there is a frame later than <paramref name="afterSequence"/>, the queue changes or ends, or the deadline.</summary>
    /// <remarks>
    /// While frames come it sleeps on the queue's wake word. When none has come for three frame times (one second at most) it sleeps on the socket, where it
    /// also hears the producer hang up.
    /// </remarks>
    /// <param name="afterSequence">The last frame seen; 0 for any frame.</param>
    /// <param name="deadline">CLOCK_MONOTONIC ns; <see cref="Futex.NoDeadline"/> for none.</param>
    /// <exception cref="QueueException">The producer broke the protocol, or its new queue fails a check.</exception>
    public QueueEvent Wait(ulong afterSequence, long deadline)
    {
        UnmapPrevious();
        long patience = Math.Min(MaxPatienceNs, 3_000_000_000L * Reader.FrameRateDenominator / Reader.FrameRateNumerator);
        if (Reader.Wait(afterSequence, Math.Min(deadline, MonotonicClock.Now + patience))) return QueueEvent.Frame;
        try
        {
            while (true)
            {
                if (!Reader.AskForMessage(true, afterSequence) && !PollSocket(Remaining(deadline))) return QueueEvent.TimedOut;
                QueueEvent received = Receive();
                if (received is QueueEvent.NewQueue or QueueEvent.Ended) return received;
                if (Reader.NewestSequence > afterSequence) return QueueEvent.Frame;
                if (HasEnded) return QueueEvent.Ended;
                if (Reader.State == QueueState.Superseded && !PollSocket(Remaining(deadline))) return QueueEvent.TimedOut;
                if (MonotonicClock.Now >= deadline) return QueueEvent.TimedOut;
            }
        }
        finally
        {
            Reader.AskForMessage(false, afterSequence);
        }
    }

    /// <summary>Hangs up and unmaps the queue. The producer takes the leases back.</summary>
    public void Dispose()
    {
        UnmapPrevious();
        Reader?.Dispose();
        _memory?.Dispose();
        _socket.Dispose();
    }

    // Nobody gives an adopted connection the queue that comes after.
    private bool HasEnded => Reader.State == QueueState.Ended || (_adopted && Reader.State == QueueState.Superseded);

    private static long Remaining(long deadline) =>
        deadline == Futex.NoDeadline ? Poll.NoTimeout : Math.Max(0, deadline - MonotonicClock.Now);

    private static FileDescriptor Open(string path)
    {
        FileDescriptor socket;
        try
        {
            // Without waiting: a producer that hangs does not take those who wait at its door.
            socket = UnixSocket.Connect(path, UnixSocketType.SequencedPacket, wait: false);
        }
        catch (PosixException failure) when (failure.Errno == Errno.EAGAIN)
        {
            throw new QueueException(QueueError.Disconnected, $"The producer at '{path}' does not answer.", failure);
        }
        catch (PosixException failure) when (failure.Errno is Errno.ENOENT or Errno.ECONNREFUSED)
        {
            throw new QueueException(QueueError.NoSuchQueue, $"No camera offers a queue at '{path}'.", failure);
        }

        // The other way round the server checks; here it keeps a folder that somebody else may write from posing as the user's camera.
        uint producer = UnixSocket.Credentials(socket).UserId, own = FileStatus.Of(socket).UserId;
        if (producer == own) return socket;
        socket.Dispose();
        throw new QueueException(QueueError.ForeignPeer, $"The queue at '{path}' belongs to user {producer}, expected {own}.");
    }

    private void Send(in HelloMessage hello, string path)
    {
        try
        {
            _ = UnixSocket.Send(_socket, MemoryMarshal.AsBytes(new ReadOnlySpan<HelloMessage>(in hello)));
        }
        catch (PosixException failure) when (failure.Errno is Errno.EPIPE or Errno.ECONNRESET)
        {
            throw new QueueException(QueueError.Disconnected, $"The producer at '{path}' hung up before it gave a queue.", failure);
        }
    }

    private void UnmapPrevious()
    {
        foreach (FrameQueueReader reader in _previous) reader.Dispose();
        _previous.Clear();
    }

    private bool PollSocket(long timeoutNs)
    {
        Span<PollDescriptor> descriptors =
        [
            new PollDescriptor(_socket, PollEvents.Readable),
            _end is null ? default : new PollDescriptor(_end.Descriptor, PollEvents.Readable),
        ];
        _ = Poll.Wait(descriptors[..(_end is null ? 1 : 2)], timeoutNs);
        return descriptors[0].Returned != PollEvents.None;
    }

    /// <summary>Takes every message there is; says whether one of them was a queue (NewQueue) or the end, else Frame or TimedOut.</summary>
    private QueueEvent Receive()
    {
        var result = QueueEvent.TimedOut;
        Span<byte> buffer = stackalloc byte[512];

        // Bounded: a producer that sends without end must not keep the caller here.
        for (int taken = 0; taken < MaxMessages; taken++)
        {
            using ReceivedMessage message = UnixSocket.Receive(_socket, buffer, wait: false, maximumDescriptors: 2);
            if (message.IsEmpty) break;

            // A queue that came before the hang-up is still worth showing its last frame.
            if (message.IsClosed) return result == QueueEvent.NewQueue ? result : QueueEvent.Ended;
            Span<byte> bytes = buffer[..message.Length];
            switch (MemoryMarshal.TryRead(bytes, out MessageKind kind) ? kind : default)
            {
                case MessageKind.Frame:
                    if (result == QueueEvent.TimedOut) result = QueueEvent.Frame;
                    break;
                case MessageKind.Welcome when !_adopted:
                    TakeQueue(message, bytes);
                    result = QueueEvent.NewQueue;
                    break;
                case MessageKind.Refused when !_adopted:
                    throw Refusal(bytes);
                default:
                    throw new QueueException(QueueError.BadMessage, $"The producer sent {message.Length} bytes that are no message.");
            }
        }

        return result;
    }

    private void TakeQueue(ReceivedMessage message, ReadOnlySpan<byte> bytes)
    {
        if (!MemoryMarshal.TryRead(bytes, out WelcomeMessage welcome) || message.DescriptorCount != 2 || message.AreDescriptorsTruncated)
            throw new QueueException(
                QueueError.BadMessage, $"The producer's WELCOME has {bytes.Length} bytes and {message.DescriptorCount} descriptors, expected 32 and 2.");
        if (welcome.Version != WireFormat.Version)
            throw new QueueException(QueueError.UnsupportedVersion, $"The producer speaks version {welcome.Version}, expected {WireFormat.Version}: {WireFormat.OtherVersion}.");
        FileDescriptor memory = message.TakeDescriptor(0);
        try
        {
            using FileDescriptor control = message.TakeDescriptor(1);
            FrameQueueReader reader = FrameQueueReader.Attach(memory, control, _limits);
            if (Reader is not null) _previous.Add(Reader);
            Reader = reader;
            _memory?.Dispose();
            _memory = memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private static QueueException Refusal(ReadOnlySpan<byte> bytes)
    {
        if (!MemoryMarshal.TryRead(bytes, out RefusedMessage refused))
            return new QueueException(QueueError.BadMessage, "The producer refuses, in a message that is too short.");
        // The refusal itself is read in any version: its form never changes.
        QueueError error = refused.Version == WireFormat.Version ? QueueError.Refused : QueueError.UnsupportedVersion;
        return new QueueException(error, $"The camera refuses: {refused.Reason()}.");
    }
}
