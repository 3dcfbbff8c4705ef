using System.Runtime.InteropServices;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Interop;
using Camfx.Posix;

namespace Camfx.PipeWire.Graph;

/// <summary>Connects once, looks at what there is and keeps it as a <see cref="GraphSnapshot"/>.</summary>
/// <remarks>
/// Thread-bound to the control loop, except that it is made and disposed while that does not run, and that <see cref="Wait"/> is another thread's.
/// </remarks>
internal sealed unsafe class GraphSurvey : IDisposable
{
    private readonly ManualResetEventSlim _ended = new();
    private readonly List<NodeSurvey> _nodes = [];
    private readonly HashSet<string> _clients = new(StringComparer.Ordinal);
    private readonly ControlLoop _loop;
    private readonly LoopEvent _begin;
    private readonly RemoteSocket _socket;
    private pw_context* _context;
    private Connection? _connection;
    private Registry? _registry;
    private int _pending;
    private bool _listed;
    private Exception? _failure;
    private GraphSnapshot? _result;

    /// <summary>Prepares a look that begins as soon as the loop runs.</summary>
    public GraphSurvey(ControlLoop loop, string? socket)
    {
        _loop = loop;
        _socket = new RemoteSocket(socket, static () => { });
        _begin = new LoopEvent(loop, Begin, Fail);
        _begin.Signal();
    }

    /// <summary>Waits for the result.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public GraphSnapshot Wait(TimeSpan patience)
    {
        if (!_ended.Wait(patience)) throw new IOException($"PipeWire at '{_socket.Path}' took a connection and did not answer within {patience.TotalSeconds:0.#} s.");
        return _result ?? throw new IOException(_failure!.Message, _failure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NodeSurvey node in _nodes) node.Dispose();
        _registry?.Dispose();
        _connection?.Dispose();
        if (_context != null) Libpipewire.pw_context_destroy(_context);
        _context = null;
        _begin.Dispose();
        _socket.Dispose();
        _ended.Dispose();
    }

    private void Begin()
    {
        _context = Libpipewire.pw_context_new(_loop.Native, null, 0);
        if (_context == null) throw PosixException.FromErrno(Marshal.GetLastPInvokeError(), "make a PipeWire context");
        _connection = Connection.TryOpen(_context, _socket.Path, reason => Fail(new IOException($"PipeWire hung up: {reason}.")), out int errno);
        if (_connection is null) throw PosixException.FromErrno(errno, "connect to PipeWire at", _socket.Path);
        _connection.Done = OnDone;
        _registry = new Registry(_connection, Add, static _ => { }, Fail);
        _pending = _connection.Sync();
    }

    /// <summary>Twice: after the first time every object is known and the nodes are bound, after the second these have told.</summary>
    private void OnDone(int sequence)
    {
        if (sequence != _pending || _ended.IsSet) return;
        if (!_listed)
        {
            _listed = true;
            _pending = _connection!.Sync();
            return;
        }

        _result = new GraphSnapshot(_connection!.Version, [.. _nodes.Select(static node => node.Told)], [.. _clients.Order(StringComparer.Ordinal)]);
        _ended.Set();
    }

    private void Add(uint id, ReadOnlySpan<byte> type, spa_dict* properties)
    {
        if (type.SequenceEqual("PipeWire:Interface:Client"u8))
        {
            if (Properties.Find(properties, "application.name"u8) is { } name) _clients.Add(name);
        }
        else if (type.SequenceEqual("PipeWire:Interface:Node"u8))
        {
            string? kind = Properties.Find(properties, "media.class"u8);
            if (kind?.Contains("Video", StringComparison.Ordinal) != true) return;
            if (NodeSurvey.Bind(_registry!.Proxy, id, kind == SnapshotNode.VideoSource, Fail) is { } node) _nodes.Add(node);
        }
    }

    private void Fail(Exception failure)
    {
        if (_ended.IsSet) return;
        _failure = failure;
        _ended.Set();
    }
}
