using System.Runtime.InteropServices;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <content>Who consumes: adding and removing while the publishing thread walks the list without a lock.</content>
public sealed unsafe partial class FrameQueueWriter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IDisposable, ConsumerLeases> _owners = [];
    private ConsumerLeases[] _consumers = [];
    private int _granted;

    // Odd while the publishing thread may touch a consumer's page or socket.
    private int _visits;

    /// <summary>Leases not yet given to a consumer. Thread-safe.</summary>
    public int FreeLeases
    {
        get
        {
            lock (_gate) return Options.LeaseLimit - _granted;
        }
    }

    /// <summary>
    /// Adds a consumer in this process. Its leases are never revoked: it is trusted, and hands frames to code that cannot check a sequence.
    /// Thread-safe.
    /// </summary>
    /// <param name="leases">Frames it may hold at once, 1 to <see cref="FreeLeases"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not as many leases are free.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public LocalConsumer AddConsumer(int leases)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leases, 1);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(leases, Options.LeaseLimit - _granted);
            var consumer = new LocalConsumer(this, _memory, leases);
            Add(consumer, consumer.Leases);
            return consumer;
        }
    }

    /// <summary>
    /// Adds a consumer in another process and makes its control page. Its share is what it asks for or what is free, whichever is less: with a
    /// share of 0 it copies. Thread-safe.
    /// </summary>
    /// <param name="leases">Frames it wants to hold at once, 0 or more.</param>
    /// <param name="socket">Where it gets a message when it waits for one, or null; must outlive the consumer.</param>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    /// <exception cref="PosixException">The control page could not be made.</exception>
    public RemoteConsumer AddRemoteConsumer(int leases, FileDescriptor? socket = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leases);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var consumer = RemoteConsumer.Create(this, Math.Min(leases, Options.LeaseLimit - _granted), socket);
            Add(consumer, consumer.Leases);
            return consumer;
        }
    }

    /// <summary>
    /// Adds a consumer in another process that did not come to a <see cref="FrameQueueServer"/>: its <see cref="Memory"/>,
    /// <see cref="RemoteConsumer.Control"/> and <see cref="RemoteConsumer.Peer"/> are passed to it, by D-Bus for instance. Nobody else notices its
    /// end: who added it disposes it then, which takes its leases back. Thread-safe.
    /// </summary>
    /// <param name="leases">Frames it wants to hold at once, 0 or more; its share is what is free at most.</param>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    /// <exception cref="PosixException">The control page or the sockets could not be made.</exception>
    public RemoteConsumer AddPassedConsumer(int leases)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leases);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var consumer = RemoteConsumer.CreateWithPeer(this, Math.Min(leases, Options.LeaseLimit - _granted));
            Add(consumer, consumer.Leases);
            return consumer;
        }
    }

    /// <summary>Takes a consumer and its leases out; when it returns, the publishing thread does not touch them any more. Thread-safe.</summary>
    internal void Remove(IDisposable owner)
    {
        lock (_gate)
        {
            if (!_owners.Remove(owner, out ConsumerLeases? leases)) return;
            ConsumerLeases[] rest = Array.FindAll(_consumers, other => other != leases);
            Volatile.Write(ref _consumers, rest);

            // Full fence: either the publishing thread's next visit sees the shorter list, or its visit is seen here and waited for.
            Interlocked.MemoryBarrier();
            AwaitVisit();
            _granted -= leases.Share;
        }
    }

    private void Add(IDisposable owner, ConsumerLeases leases)
    {
        _owners.Add(owner, leases);
        _granted += leases.Share;
        Volatile.Write(ref _consumers, [.. _consumers, leases]);

        // Full fence: a visit that misses the new consumer began before the consumer can read the newest frame, and never draws over that one.
        Interlocked.MemoryBarrier();
    }

    private ReadOnlySpan<ConsumerLeases> EnterConsumers()
    {
        Volatile.Write(ref _visits, _visits + 1);

        // Full fence, the other half of those in Add and Remove; in Publish also Dekker's pattern with the waiting flags: the newest frame is
        // visible before they are read, and a consumer sets its flag before it looks for a newer frame a last time.
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _consumers);
    }

    private void LeaveConsumers() => Volatile.Write(ref _visits, _visits + 1);

    // A visit is a scan of a few words: shorter than any sleep that could be slept here, and it never waits for anybody.
    private void AwaitVisit()
    {
        int visit = Volatile.Read(ref _visits);
        if ((visit & 1) == 0) return;
        SpinWait spinner = default;
        while (Volatile.Read(ref _visits) == visit) spinner.SpinOnce(sleep1Threshold: -1);
    }

    private void WakeWaiters()
    {
        Volatile.Write(ref _header->Wake, _header->Wake + 1);
        Interleave?.Invoke(WriterStep.Announced);
        bool sleepers = false;
        foreach (ConsumerLeases consumer in EnterConsumers())
        {
            WaitKind waiting = consumer.Waiting;
            if (waiting == WaitKind.Futex) sleepers = true;
            else if (waiting == WaitKind.Message) SendMessage(consumer);
        }

        LeaveConsumers();
        if (!sleepers) return;
        _counters.FutexWakes++;
        Futex.Wake(&_header->Wake);
    }

    private void SendMessage(ConsumerLeases consumer)
    {
        if (consumer.Socket is not FileDescriptor socket) return;
        var message = new FrameMessage(_sequence);
        try
        {
            if (UnixSocket.Send(socket, MemoryMarshal.AsBytes(new ReadOnlySpan<FrameMessage>(in message)), wait: false)) _counters.Messages++;
            else _counters.MessagesDropped++;
        }
        catch (PosixException)
        {
            // The consumer is gone; its connection notices the hang-up and removes it.
            _counters.MessagesDropped++;
        }
    }

    private void RemoveAllConsumers()
    {
        lock (_gate)
        {
            _owners.Clear();
            _consumers = [];
            _granted = 0;
        }
    }
}
