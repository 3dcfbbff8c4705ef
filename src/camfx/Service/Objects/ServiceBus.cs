using Camfx.DBus;

namespace Camfx.Service.Objects;

/// <summary>
/// The service on one connection to the session bus: an object for each camera, output and effect there is. When the bus ends, this ends; the
/// cameras go on, and the next connection gets objects of its own.
/// </summary>
/// <remarks>Thread-bound to the loop's thread but for <see cref="Post"/>.</remarks>
internal sealed class ServiceBus : IDisposable
{
    private readonly BusLoop _loop;
    private readonly CameraTable _table;
    private readonly RootObject _root;
    private readonly LoopSignal _camerasChanged;
    private readonly Dictionary<CameraSession, CameraObject> _cameras = [];
    private readonly Lock _gate = new();
    private bool _ended;

    /// <param name="loop">The connection's.</param>
    /// <param name="table">The cameras.</param>
    /// <param name="shown">Called when what is shown is another.</param>
    public ServiceBus(BusLoop loop, CameraTable table, Action shown)
    {
        Shown = shown;
        _loop = loop;
        _table = table;
        _root = new RootObject(this, table);
        _camerasChanged = new LoopSignal(Post, Show);
    }

    /// <summary>To be called when what is shown is another.</summary>
    public Action Shown { get; }

    public BusObjects Objects => _loop.Bus.Objects;

    /// <summary>Offers everything, and then takes the name: who sees the name finds all there is.</summary>
    /// <exception cref="BusException">Busy: another process has the name.</exception>
    public void Offer()
    {
        Objects.AddManager(ServicePaths.Root);
        Objects.Add(ServicePaths.Root, _root);
        _table.Changed += _camerasChanged.Ring;
        Show();
        _loop.Bus.RequestName(ServicePaths.BusName);
    }

    /// <summary>Does something on the bus's thread; nothing once the connection has ended. Thread-safe; never waits.</summary>
    public void Post(Action work)
    {
        lock (_gate)
            if (!_ended) _loop.Post(work);
    }

    /// <summary>Calls back when a descriptor hangs up.</summary>
    public IDisposable WatchHangUp(Posix.FileDescriptor descriptor, Action hungUp) =>
        _loop.Watch(descriptor, Posix.PollEvents.PeerClosed, _ => hungUp());

    /// <summary>The session of a camera's object; null: there is none.</summary>
    public CameraSession? Find(ObjectPath path) => _table.All.FirstOrDefault(session => ServicePaths.Camera(session.Id) == path);

    /// <summary>Answers a call that changed something.</summary>
    public static void Answer(MethodCall call, Exception? failure)
    {
        if (failure is null) call.Reply();
        else call.Fail(ServiceErrors.Of(failure));
    }

    /// <summary>Shows the cameras there are.</summary>
    public void Show()
    {
        CameraSession[] all = [.. _table.All];
        foreach (CameraSession gone in _cameras.Keys.Except(all).ToArray())
        {
            _cameras.Remove(gone, out CameraObject? camera);
            camera!.Dispose();
        }

        foreach (CameraSession added in all.Except(_cameras.Keys).ToArray()) _cameras[added] = new CameraObject(this, added, _table);
        _root.Cameras = [.. all.Select(static session => ServicePaths.Camera(session.Id))];
        Shown();
    }

    public void Dispose()
    {
        _table.Changed -= _camerasChanged.Ring;
        foreach (CameraObject camera in _cameras.Values) camera.Dispose();
        _cameras.Clear();
        lock (_gate) _ended = true;
    }
}
