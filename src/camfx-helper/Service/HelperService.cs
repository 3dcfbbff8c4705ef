using Camfx.DBus;
using Camfx.Helper.Authorization;
using Camfx.Helper.Backends;
using Camfx.Helper.Devices;
using Camfx.Helper.Leases;
using Camfx.Helper.Modules;
using Camfx.Helper.Persistence;

namespace Camfx.Helper.Service;

/// <summary>What the bus's methods do: who may, and in which order it is done and written down.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed partial class HelperService
{
    /// <summary>The helper's name on the bus.</summary>
    public const string BusName = "org.camfx.Helper1";

    /// <summary>Its object.</summary>
    public const string RootPath = "/org/camfx/Helper1";

    private readonly BusLoop _loop;
    private readonly Bus _bus;
    private readonly IReadOnlyList<IBackend> _backends;
    private readonly Systemd _systemd;
    private readonly StateFile _file;
    private readonly Polkit _polkit;
    private readonly ModuleLoader _modules;
    private readonly DeviceTable _devices;
    private readonly LeaseTable _leases = new();
    private readonly Dictionary<string, IDisposable> _watchedNames = new(StringComparer.Ordinal);
    private readonly HelperObject _object;
    private readonly Action<string> _log;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;

    public HelperService(BusLoop loop, IReadOnlyList<IBackend> backends, Systemd systemd, StateFile file, Action<string> log)
    {
        _loop = loop;
        _bus = loop.Bus;
        _backends = backends;
        _systemd = systemd;
        _file = file;
        _log = log;
        _polkit = new Polkit(_bus);
        _modules = new ModuleLoader(loop);
        _devices = new DeviceTable(file);
        _object = new HelperObject(this);
    }

    /// <summary>Offers the objects and takes the name.</summary>
    /// <exception cref="BusException">The name is taken, or the bus's policy forbids it.</exception>
    public void Offer()
    {
        ShowBackends();
        _bus.Objects.AddManager(RootPath);
        _bus.Objects.Add(RootPath, _object);
        _bus.RequestName(BusName);
    }

    /// <summary>Ends every writer but leaves the nodes as they are, for the process that takes over.</summary>
    public void Leave()
    {
        foreach (Device device in _devices.All) device.Stop(leave: true);
    }

    /// <summary>What this machine has and lacks for devices.</summary>
    public (string Topic, string Severity, string Message)[] Diagnose()
    {
        ShowBackends();
        return [.. Diagnosis.Of(_backends, _devices.All, _systemd.IsThere)];
    }

    private void ShowBackends() => _object.Backends = [.. _backends.Select(static backend =>
    {
        BackendState state = backend.Look();
        return (backend.Name, state.Available, state.Why);
    })];

    /// <summary>Writes down what is now. A full disk is no reason to stop showing pictures.</summary>
    private void Save()
    {
        try
        {
            _devices.Save();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _log($"The state cannot be written, so a restart would lose devices: {failure.Message}");
        }
    }

    private void Export(Device device)
    {
        device.Detached = _ => Forget(device);
        _bus.Objects.Add(DeviceObject.PathOf(device.Record.Id), new DeviceObject(this, device));
    }
}
