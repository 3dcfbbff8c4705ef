using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Sinks.Queue;

/// <summary>A consumer of a camera's queue that was handed out over the bus. It watches until it is disposed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PassedQueue : IDisposable
{
    /// <summary>Frames it may hold at once.</summary>
    private const int Leases = 2;

    private readonly FormatQueue _queue;
    private readonly Demand _demand;
    private readonly RemoteConsumer _remote;
    private int _ended;

    /// <exception cref="PosixException">There are no descriptors for it.</exception>
    public PassedQueue(FormatQueue queue, Demand demand, Consumer consumer)
    {
        Consumer = consumer;
        _queue = queue;
        _demand = demand;
        _remote = _queue.Writer.AddPassedConsumer(Leases);
        _queue.Want();
        _demand.Add();
    }

    public PixelFormat Format => _queue.Format;

    public FrameLayout Layout => _queue.Writer.Layout;

    public Consumer Consumer { get; }

    public FileDescriptor Memory => _queue.Writer.Memory;

    public FileDescriptor Control => _remote.Control;

    /// <summary>The consumer's end of the socket; <see cref="Passed"/> closes it.</summary>
    public FileDescriptor Peer => _remote.Peer!;

    /// <summary>Hangs up when the consumer has gone.</summary>
    public FileDescriptor HangUp => _remote.OwnEnd!;

    /// <summary>The descriptors are on their way: from here on the other end is the consumer's alone.</summary>
    public void Passed() => _remote.ClosePeer();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        _demand.Remove();
        _queue.Unwant();
        _remote.Dispose();
    }
}
