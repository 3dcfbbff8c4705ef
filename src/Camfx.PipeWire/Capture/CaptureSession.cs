using System.Runtime.InteropServices;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Graph;
using Camfx.PipeWire.Interop;
using Camfx.Posix;

namespace Camfx.PipeWire.Capture;

/// <summary>One connection to PipeWire that looks for a node and stays with it: takes it when it comes, lets go when it goes.</summary>
/// <remarks>Thread-bound to the control loop, except that it is made, begun and disposed while that does not run.</remarks>
internal sealed unsafe class CaptureSession : IDisposable
{
    /// <summary>Until a node that PipeWire did not link is tried again, ns.</summary>
    private const long RetryPause = 1_000_000_000;

    /// <summary>Until a node whose buffers came without memory is linked again, ns.</summary>
    private const long RemapPause = 100_000_000;

    private readonly Dictionary<uint, SeenNode> _nodes = [];
    private readonly Dictionary<uint, uint> _processes = [];
    private readonly ControlLoop _loop;
    private readonly NodeCaptureOptions _options;
    private readonly HeldPicture _held;
    private readonly Action<NodeCaptureStatus> _statusChanged;
    private readonly LoopEvent _begin;
    private readonly LoopEvent _detach;
    private readonly LoopTimer _retry;
    private pw_context* _context;
    private Connection? _connection;
    private Registry? _registry;
    private InputStream? _stream;
    private SeenNode? _target;
    private bool _wasThere;
    private bool _remaps;

    /// <summary>Prepares everything on a loop that does not run yet.</summary>
    public CaptureSession(ControlLoop loop, NodeCaptureOptions options, HeldPicture held, Action<NodeCaptureStatus> statusChanged)
    {
        _loop = loop;
        _options = options;
        _held = held;
        _statusChanged = statusChanged;
        _begin = new LoopEvent(loop, Connect, Fail);
        _detach = new LoopEvent(loop, Detach, Fail);
        _retry = new LoopTimer(loop, Attach, Fail);

        // A node that brings its own memory too late is passed on without it (docs/decisions/0003); linked again it has it.
        held.Unmapped = Remap;
    }

    /// <summary>Lets it connect as soon as the loop runs.</summary>
    public void Begin() => _begin.Signal();

    /// <summary>Takes what came while somebody looked at a picture.</summary>
    public void Take() => _stream?.Take();

    /// <summary>Links the node anew.</summary>
    public void Renew() => Attach();

    /// <summary>Something threw or broke: this capture is at its end.</summary>
    public void Fail(Exception exception) => End(exception.Message);

    /// <summary>Lets go of everything.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _registry?.Dispose();
        _connection?.Dispose();
        if (_context != null) Libpipewire.pw_context_destroy(_context);
        _retry.Dispose();
        _detach.Dispose();
        _begin.Dispose();
    }

    private void Connect()
    {
        _context = Libpipewire.pw_context_new(_loop.Native, null, 0);
        if (_context == null) throw PosixException.FromErrno(Marshal.GetLastPInvokeError(), "make a PipeWire context");
        if (_options.Remote is { } remote)
        {
            _connection = Connection.Adopt(_context, remote, End);

            // The node is the portal's gift: it is there, it is nobody's camera, and it does not come back.
            uint given = _options.NodeId ?? Libpipewire.PW_ID_ANY;
            _target = new SeenNode(given, null, null, null, "", null);
            _registry = new Registry(_connection, static (_, _, _) => { }, id => EndWith(given, id), Fail);
            Attach();
            return;
        }

        using RemoteSocket socket = new(_options.Socket, static () => { });
        _connection = Connection.TryOpen(_context, socket.Path, End, out int errno);
        if (_connection is null)
        {
            End($"PipeWire does not answer at '{socket.Path}' ({Errno.Name(errno)}); start pipewire and wireplumber");
            return;
        }

        _connection.Done = _ => Look();
        _registry = new Registry(_connection, Add, Remove, Fail);
        _ = _connection.Sync();
    }

    private void Add(uint id, ReadOnlySpan<byte> type, spa_dict* properties)
    {
        if (type.SequenceEqual("PipeWire:Interface:Client"u8))
        {
            if (Properties.FindNumber(properties, "pipewire.sec.pid"u8) is uint process) _processes[id] = process;
        }
        else if (type.SequenceEqual("PipeWire:Interface:Node"u8))
        {
            string? kind = Properties.Find(properties, "media.class"u8);
            if (!SeenNode.Sends(kind)) return;
            _nodes[id] = new SeenNode(
                id, Properties.Find(properties, "node.name"u8), Properties.Find(properties, "node.description"u8), Properties.Find(properties, "object.serial"u8), kind!,
                Properties.FindNumber(properties, "client.id"u8));

            // Whoever is known by now is not looked for before the list is complete: the best match may come later.
            if (_wasThere || _target is null) _ = _connection!.Sync();
        }
    }

    private void Remove(uint id)
    {
        _processes.Remove(id);
        if (!_nodes.Remove(id) || _target?.Id != id) return;
        _target = null;
        _detach.Signal();
        Report(NodeCaptureState.Gone);
    }

    /// <summary>Everything that was there is known: takes the node, if it is among them.</summary>
    private void Look()
    {
        if (_target is not null) return;
        SeenNode? found = _nodes.Values.OrderBy(node => node.Name == _options.Target ? 0 : 1).ThenBy(static node => node.Id).FirstOrDefault(node =>
            node.Answers(_options.Target));
        if (found is null)
        {
            Report(_wasThere ? NodeCaptureState.Gone : NodeCaptureState.Missing);
            return;
        }

        if (found.Client is uint client && _processes.TryGetValue(client, out uint process) && process == Environment.ProcessId)
        {
            Report(NodeCaptureState.Own);
            return;
        }

        _target = found;
        _wasThere = true;
        Attach();
    }

    private void Attach()
    {
        _remaps = false;
        if (_target is null || _connection is null) return;
        _stream?.Dispose();
        _stream = null;
        _stream = new InputStream(_connection, _target.Id, _options, _held, OnState, Fail);
    }

    private void Remap()
    {
        if (_remaps) return;
        _remaps = true;
        _retry.Start(RemapPause);
    }

    private void Detach()
    {
        if (_target is not null) return;
        _stream?.Dispose();
        _stream = null;
    }

    private void OnState(pw_stream_state state, string error)
    {
        switch (state)
        {
            case pw_stream_state.PW_STREAM_STATE_ERROR when _options.Remote is not null:
                End(error);
                break;
            case pw_stream_state.PW_STREAM_STATE_ERROR:
                // With a node that has gone it is told, too, before or after the registry says so.
                if (_target is null) break;
                Report(NodeCaptureState.Refused, error);
                _retry.Start(RetryPause);
                break;
            case pw_stream_state.PW_STREAM_STATE_PAUSED or pw_stream_state.PW_STREAM_STATE_STREAMING when _target is not null:
                Report(NodeCaptureState.Linked);
                break;
            default:
                // Unconnected and connecting: said by whoever caused it.
                break;
        }
    }

    private void EndWith(uint given, uint gone)
    {
        if (gone == given) End("the node is gone");
    }

    private void End(string reason) => Report(NodeCaptureState.Disconnected, reason);

    private void Report(NodeCaptureState state, string reason = "") => _statusChanged(new NodeCaptureStatus(state, reason, _target?.IsCamera ?? true));
}
