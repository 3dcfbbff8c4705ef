using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Devices;
using Camfx.Processes;

namespace Camfx.Sinks.Device;

/// <summary>Finds the device with the camera's label among those the user may use, and has it made if there is none.</summary>
/// <remarks>Thread-bound to its connection.</remarks>
internal sealed class DeviceSearch(BusLoop loop, string label, CameraMode mode)
{
    private readonly Bus _bus = loop.Bus;
    private int _search;

    /// <summary>Looks once.</summary>
    /// <param name="found">Called with the device, or not at all.</param>
    /// <param name="failed">Called with the reason, or not at all.</param>
    public void Find(Action<Device1Proxy> found, Action<CamfxException> failed)
    {
        _search++;
        ObjectManagerProxy manager = new(_bus, DeviceService.BusName, DeviceService.Root);
        manager.GetManagedObjectsAsync(reply =>
        {
            if (reply.Error is { } error)
            {
                failed(DeviceService.Translate(error, "list the devices"));
                return;
            }

            Device1Proxy? own = null;
            foreach (Device1Proxy device in DeviceList.Read(_bus, reply.Value))
            {
                if (own is null && device.Label == label && (device.Owner == 0 || device.Owner == ProcessOwner.UserId)) own = device;
                else device.Dispose();
            }

            if (own is not null) found(own);
            else Make(found, failed, again: true);
        });
    }

    private void Make(Action<Device1Proxy> found, Action<CamfxException> failed, bool again)
    {
        Helper1Proxy helper = new(_bus, DeviceService.BusName, DeviceService.Root) { CallTimeout = DeviceService.CallTimeout };
        Dictionary<string, Variant> options = new(StringComparer.Ordinal)
        {
            ["width"] = (uint)mode.Width,
            ["height"] = (uint)mode.Height,
            ["fps"] = mode.FrameRate.PerSecond,
        };
        helper.CreateDeviceAsync(label, options, reply =>
        {
            if (reply.Error is { } passing && again && DeviceService.MayRestart(passing)) AwaitRestart(() => Make(found, failed, again: false));
            else if (reply.Error is { } error) failed(DeviceService.Translate(error, $"make the device '{label}'"));
            else found(new Device1Proxy(_bus, DeviceService.BusName, reply.Value) { CallTimeout = DeviceService.CallTimeout });
        });
    }

    /// <summary>Goes on when another process is the helper, or none is after a while: then the call starts one. Not at all when a new search has begun.</summary>
    private void AwaitRestart(Action next)
    {
        int search = _search;
        bool gone = false;
        bool asked = false;
        string? before = null;
        IDisposable? watch = null;
        void GoOn()
        {
            if (gone) return;
            gone = true;
            watch?.Dispose();
            if (search == _search) next();
        }

        loop.After(DeviceService.RestartTime, GoOn);
        watch = _bus.WatchName(DeviceService.BusName, owner =>
        {
            if (!asked) before = owner;
            else if (owner is not null && owner != before) GoOn();
            asked = true;
        });
        if (gone) watch.Dispose();
    }
}
