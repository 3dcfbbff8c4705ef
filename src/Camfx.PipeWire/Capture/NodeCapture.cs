using Camfx.PipeWire.Capture;
using Camfx.PipeWire.Control;

namespace Camfx.PipeWire;

/// <summary>
/// Takes the pictures of a node at PipeWire: another camera, a screen. It waits for the node, goes on when it is back, and ends with the connection.
/// The newest picture stays in PipeWire's own buffer, so nothing is copied before it is drawn.
/// </summary>
/// <remarks>
/// Thread-safe but for <see cref="Start"/> and <see cref="Dispose"/>, which one thread calls. A thread of its own does the work.
/// <see cref="Look"/> and the pixels are used with <see cref="Gate"/> held, and <see cref="Looked"/> is called afterwards.
/// </remarks>
public sealed class NodeCapture : IDisposable
{
    private readonly HeldPicture _held = new();
    private readonly ControlLoop _loop;
    private readonly CaptureSession _session;
    private readonly LoopEvent _take;
    private readonly LoopEvent _renew;
    private readonly Action _changed;
    private volatile NodeCaptureStatus _status = new(NodeCaptureState.Connecting, "", IsCamera: true);
    private bool _started;
    private volatile bool _disposed;

    /// <summary>Makes a capture that begins with <see cref="Start"/>.</summary>
    /// <param name="options">Which node.</param>
    /// <param name="changed">Told on the capture's thread when <see cref="Status"/> is another one; short, and does not dispose.</param>
    /// <param name="arrived">Told on the capture's thread when there is a newer picture; likewise.</param>
    /// <exception cref="DllNotFoundException">libpipewire-0.3 is not installed.</exception>
    public NodeCapture(NodeCaptureOptions options, Action changed, Action arrived)
    {
        _changed = changed;
        _held.Arrived = arrived;
        _loop = new ControlLoop("camfx-capture");
        _session = new CaptureSession(_loop, options, _held, OnStatus);
        _take = new LoopEvent(_loop, _session.Take, _session.Fail);
        _renew = new LoopEvent(_loop, _session.Renew, _session.Fail);
    }

    /// <summary>The status now.</summary>
    public NodeCaptureStatus Status => _status;

    /// <summary>Held while pixels are read. The capture does not wait for it.</summary>
    public Lock Gate => _held.Gate;

    /// <summary>Where PipeWire's socket is if nothing else is said.</summary>
    public static string DefaultSocket => RemoteSocket.FromEnvironment(Environment.GetEnvironmentVariable);

    /// <summary>Pictures that came so far.</summary>
    public long Number => _held.Number;

    /// <summary>Pictures that were replaced by a newer one before anybody looked at them.</summary>
    public long Dropped => _held.Dropped;

    /// <summary>Pictures that came damaged and were left out.</summary>
    public long Corrupted => _held.Corrupted;

    /// <summary>Begins, in the background.</summary>
    public void Start()
    {
        _started = true;
        _session.Begin();
        _loop.Start();
    }

    /// <summary>The newest picture; its view is empty while there is none. With <see cref="Gate"/> held.</summary>
    public CapturedBuffer Look() => _held.Look();

    /// <summary>To be called after <see cref="Gate"/> was held: fetches what came meanwhile. Costs nothing where nothing came.</summary>
    public void Looked()
    {
        if (_held.TakeMissed() && !_disposed) _take.Signal();
    }

    /// <summary>Links the node anew, when it sends nothing although it should.</summary>
    public void Renew()
    {
        if (!_disposed) _renew.Signal();
    }

    /// <summary>Lets go of the node. Not from inside a callback.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (_started) _loop.Stop();
        _session.Dispose();
        _take.Dispose();
        _renew.Dispose();
        _loop.Dispose();
    }

    private void OnStatus(NodeCaptureStatus status)
    {
        if (_status == status) return;
        _status = status;
        _changed();
    }
}
