using System.Collections.Immutable;
using Camfx.Frames;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Stream;

namespace Camfx.PipeWire;

/// <summary>
/// The camera's output at PipeWire: a <c>Video/Source</c> node whose buffers are the slots of the camera's frame queues, so that no pixel is
/// copied on its way to an application. It comes by itself when PipeWire does, under the same name after each restart of the daemon.
/// </summary>
/// <remarks>
/// <see cref="Offer"/>, the properties and the events' subscription are thread-safe. The events are raised on the node's own thread, one
/// at a time; handlers are short and do not dispose the node. Only one thread calls <see cref="Start"/> and <see cref="Dispose"/>.
/// </remarks>
public sealed class CameraNode : IDisposable
{
    /// <summary>The property by which camfx knows its own cameras, whatever their names are; its value is the camera's name.</summary>
    public const string CameraProperty = "camfx.camera";

    private readonly StreamCounters _counters = new();
    private readonly ControlLoop _loop;
    private readonly NodeSession _session;
    private readonly LoopEvent _offer;
    private volatile CameraNodeStatus _status = new(CameraNodeState.Disconnected, "", null, PixelFormat.Unknown);
    private volatile IReadOnlyList<NodeConsumer> _consumers = [];
    private bool _started;
    private volatile bool _disposed;

    /// <summary>Makes a node that is announced from <see cref="Start"/> on.</summary>
    /// <param name="options">How the camera presents itself.</param>
    /// <param name="host">Who has the queues; called on the node's thread.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="DllNotFoundException">libpipewire-0.3 is not installed.</exception>
    public CameraNode(CameraNodeOptions options, IFrameQueueHost host)
    {
        options.Validate();
        _loop = new ControlLoop("camfx-pipewire");
        _session = new NodeSession(_loop, options, host, _counters, OnStatus, OnConsumers);
        _offer = new LoopEvent(_loop, _session.Offer, _session.Fail);
    }

    /// <summary>The status is another one: the on-demand signal. Read <see cref="Status"/>.</summary>
    public event EventHandler? StatusChanged;

    /// <summary>Other consumers than before. Read <see cref="Consumers"/>.</summary>
    public event EventHandler? ConsumersChanged;

    /// <summary>The status now. Thread-safe.</summary>
    public CameraNodeStatus Status => _status;

    /// <summary>Who watches now. Thread-safe.</summary>
    public IReadOnlyList<NodeConsumer> Consumers => _consumers;

    /// <summary>The counters now. Thread-safe.</summary>
    public CameraNodeStatistics Statistics => _counters.Snapshot;

    /// <summary>Connects to PipeWire in the background, now or when it appears. Returns at once.</summary>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_started) throw new InvalidOperationException("The node is started already.");
        _started = true;
        _session.Begin();
        _loop.Start();
    }

    /// <summary>
    /// A frame was published in the queue: PipeWire gets the newest one. Never waits, takes no lock, allocates nothing; costs one write to an
    /// eventfd while somebody watches and nothing else. Thread-safe, but not while <see cref="Dispose"/> runs.
    /// </summary>
    public void Offer()
    {
        if (_status.State == CameraNodeState.Streaming && !_disposed) _offer.Signal();
    }

    /// <summary>Takes the node back and closes its queue. Not from a handler of the node's events.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (_started) _loop.Stop();
        _session.Dispose();
        _offer.Dispose();
        _loop.Dispose();
    }

    private void OnStatus(CameraNodeStatus status)
    {
        if (_status == status) return;
        _status = status;
        StatusChanged?.Invoke(this, EventArgs.Empty);
    }

    private void OnConsumers(ImmutableArray<NodeConsumer> consumers)
    {
        if (_consumers.SequenceEqual(consumers)) return;
        _consumers = consumers;
        ConsumersChanged?.Invoke(this, EventArgs.Empty);
    }
}
