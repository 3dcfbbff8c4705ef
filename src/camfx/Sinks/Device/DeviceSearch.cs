using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Devices;
using Camfx.Processes;

namespace Camfx.Sinks.Device;

/// <summary>Finds the device with the camera's label among those the user may use, and has it made if there is none.</summary>
/// <remarks>Thread-bound to its connection.</remarks>
internal sealed class DeviceSearch(Bus bus, string label, CameraMode mode)
{
    /// <summary>Looks once.</summary>
    /// <param name="found">Called with the device, or not at all.</param>
    /// <param name="failed">Called with the reason, or not at all.</param>
    public void Find(Action<Device1Proxy> found, Action<CamfxException> failed)
    {
        ObjectManagerProxy manager = new(bus, DeviceService.BusName, DeviceService.Root);
        manager.GetManagedObjectsAsync(reply =>
        {
            if (reply.Error is { } error)
            {
                failed(DeviceService.Translate(error, "list the devices"));
                return;
            }

            Device1Proxy? own = null;
            foreach (Device1Proxy device in DeviceList.Read(bus, reply.Value))
            {
                if (own is null && device.Label == label && (device.Owner == 0 || device.Owner == ProcessOwner.UserId)) own = device;
                else device.Dispose();
            }

            if (own is not null) found(own);
            else Make(found, failed);
        });
    }

    private void Make(Action<Device1Proxy> found, Action<CamfxException> failed)
    {
        Helper1Proxy helper = new(bus, DeviceService.BusName, DeviceService.Root) { CallTimeout = DeviceService.CallTimeout };
        Dictionary<string, Variant> options = new(StringComparer.Ordinal)
        {
            ["width"] = (uint)mode.Width,
            ["height"] = (uint)mode.Height,
            ["fps"] = mode.FrameRate.PerSecond,
        };
        helper.CreateDeviceAsync(label, options, reply =>
        {
            if (reply.Error is { } error) failed(DeviceService.Translate(error, $"make the device '{label}'"));
            else found(new Device1Proxy(bus, DeviceService.BusName, reply.Value) { CallTimeout = DeviceService.CallTimeout });
        });
    }
}
