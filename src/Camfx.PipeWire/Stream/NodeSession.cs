using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Camfx.Frames;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Graph;
using Camfx.PipeWire.Interop;
using Camfx.Posix;

namespace Camfx.PipeWire.Stream;

/// <summary>Keeps the node announced: connects, and when PipeWire goes or refuses, tears down and connects again.</summary>
/// <remarks>Thread-bound to the control loop, except that <see cref="Begin"/> and <see cref="Dispose"/> are called while it does not run.</remarks>
internal sealed unsafe class NodeSession : IDisposable
{
    private const long Millisecond = 1_000_000;
    private const long ShortestRetry = 20 * Millisecond;
    private const long LongestRetry = 1000 * Millisecond;

    private readonly ControlLoop _loop;
    private readonly CameraNodeOptions _options;
    private readonly IFrameQueueHost _host;
    private readonly StreamCounters _counters;
    private readonly Action<CameraNodeStatus> _statusChanged;
    private readonly Action<ImmutableArray<NodeConsumer>> _consumersChanged;
    private readonly LoopEvent _connect;
    private readonly LoopEvent _reset;
    private readonly LoopTimer _retry;
    private readonly FirstFrame _firstFrame;
    private readonly RemoteSocket _socket;
    private pw_context* _context;
    private Connection? _connection;
    private GraphWatcher? _graph;
    private CameraStream? _stream;
    private CameraNodeState _state = CameraNodeState.Disconnected;
    private string _reason = "";
    private long _retryDelay = ShortestRetry;

    /// <summary>Prepares everything on a loop that does not run yet.</summary>
    public NodeSession(
        ControlLoop loop, CameraNodeOptions options, IFrameQueueHost host, StreamCounters counters,
        Action<CameraNodeStatus> statusChanged, Action<ImmutableArray<NodeConsumer>> consumersChanged)
    {
        _loop = loop;
        _options = options;
        _host = host;
        _counters = counters;
        _statusChanged = statusChanged;
        _consumersChanged = consumersChanged;
        _connect = new LoopEvent(loop, Connect, Fail);
        _reset = new LoopEvent(loop, Reset, Fail);
        _retry = new LoopTimer(loop, Connect, Fail);
        _firstFrame = new FirstFrame(loop, counters, () => _stream?.OfferAgain() ?? true, Fail);
        _socket = new RemoteSocket(options.Socket, _connect.Signal);
    }

    /// <summary>Lets the loop connect as soon as it runs.</summary>
    public void Begin() => _connect.Signal();

    /// <summary>Hands the newest frame to PipeWire.</summary>
    public void Offer() => _stream?.Offer();

    /// <summary>Something threw or broke: the node goes and is made anew.</summary>
    public void Fail(Exception exception) => Fail(CameraNodeState.Failed, exception.Message);

    /// <summary>Takes the node back.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        Close();
        if (_context != null) Libpipewire.pw_context_destroy(_context);
        _retry.Dispose();
        _firstFrame.Dispose();
        _reset.Dispose();
        _connect.Dispose();
    }

    private void Connect()
    {
        if (_stream is not null) return;
        if (_context == null) _context = Libpipewire.pw_context_new(_loop.Native, null, 0);
        if (_context == null) throw PosixException.FromErrno(Marshal.GetLastPInvokeError(), "make a PipeWire context");

        // Watch first, then try: a socket made in between is seen by one of the two.
        bool watched = _socket.Watch();
        Connection? connection = Connection.TryOpen(_context, _socket.Path, OnLost, out int errno);
        if (connection is null)
        {
            Report(CameraNodeState.Disconnected, $"PipeWire does not answer at '{_socket.Path}' ({Errno.Name(errno)}); start pipewire and wireplumber");
            WaitForSocket(watched, errno);
            return;
        }

        _connection = connection;
        _graph = new GraphWatcher(connection, OnConsumers, Fail);
        _stream = new CameraStream(connection, _options, _host, _counters, OnState, Fail);
        _counters.CountConnection();
    }

    /// <summary>
    /// Between bind and listen of a starting daemon the socket is there but refuses, and a folder may not be there to be watched: only then
    /// a timer tries again, less and less often.
    /// </summary>
    private void WaitForSocket(bool watched, int errno)
    {
        bool refuses = errno == Errno.ECONNREFUSED || File.Exists(_socket.Path);
        if (watched && !(refuses && _retryDelay < LongestRetry))
        {
            _retryDelay = ShortestRetry;
            return;
        }

        _retry.Start(_retryDelay);
        _retryDelay = Math.Min(2 * _retryDelay, LongestRetry);
    }

    private void OnLost(string reason) => Fail(CameraNodeState.Disconnected, $"PipeWire has ended ({reason}); the camera comes back with it");

    private void Fail(CameraNodeState state, string reason)
    {
        Report(state, reason);
        _reset.Signal();
    }

    /// <summary>Not from inside a callback of what it frees, hence an event of its own.</summary>
    private void Reset()
    {
        bool failed = _state == CameraNodeState.Failed;
        Close();
        if (failed)
        {
            _retry.Start(_retryDelay);
            _retryDelay = Math.Min(2 * _retryDelay, LongestRetry);
        }
        else
        {
            // Where systemd holds the socket, this starts the daemon.
            Connect();
        }
    }

    private void Close()
    {
        CameraStream? stream = _stream;
        _stream = null;
        stream?.Dispose();
        _graph?.Dispose();
        _graph = null;
        _connection?.Dispose();
        _connection = null;
        _consumersChanged([]);
    }

    private void OnState(pw_stream_state state, string error)
    {
        switch (state)
        {
            case pw_stream_state.PW_STREAM_STATE_ERROR:
                Fail(CameraNodeState.Failed, $"PipeWire ended the stream: {error}");
                break;
            case pw_stream_state.PW_STREAM_STATE_PAUSED:
                Ready();
                Report(CameraNodeState.Paused, "");
                break;
            case pw_stream_state.PW_STREAM_STATE_STREAMING:
                Ready();
                Report(CameraNodeState.Streaming, "");
                _firstFrame.Expect();
                break;
            default:
                // Unconnected and connecting: said by whoever caused it.
                break;
        }
    }

    private void Ready()
    {
        _retryDelay = ShortestRetry;
        _socket.Unwatch();
        if (_graph is not null) _graph.NodeId = _stream?.NodeId;
    }

    private void OnConsumers(ImmutableArray<NodeConsumer> consumers)
    {
        _consumersChanged(consumers);
        if (consumers.Length > 0) _firstFrame.Expect();
        else _stream?.ReclaimAll();
    }

    private void Report(CameraNodeState state, string reason)
    {
        _state = state;
        _reason = reason;
        _statusChanged(new CameraNodeStatus(_state, _reason, _stream?.NodeId, _stream?.Format ?? PixelFormat.Unknown));
    }
}
