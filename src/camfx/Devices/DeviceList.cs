using Camfx.DBus;
using Camfx.DBus.Interfaces;

namespace Camfx.Devices;

/// <summary>The devices of a machine, as the helper lists them.</summary>
internal static class DeviceList
{
    /// <summary>Asks the helper.</summary>
    /// <returns>Each device's proxy with its properties as they are now, by label and path.</returns>
    /// <exception cref="CamfxException">It did not answer.</exception>
    public static IReadOnlyList<Device1Proxy> Ask(Bus bus)
    {
        try
        {
            using ObjectManagerProxy manager = new(bus, DeviceService.BusName, DeviceService.Root);
            return Read(bus, manager.GetManagedObjects());
        }
        catch (BusException failure)
        {
            throw DeviceService.Translate(failure, "list the devices");
        }
    }

    /// <summary>The devices among an object manager's objects.</summary>
    /// <exception cref="BusException">A property is not what the interface says.</exception>
    public static IReadOnlyList<Device1Proxy> Read(
        Bus bus, IReadOnlyDictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> objects)
    {
        List<Device1Proxy> devices = [];
        foreach ((ObjectPath path, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>> interfaces) in objects)
        {
            if (!interfaces.TryGetValue(Device1Proxy.Interface, out IReadOnlyDictionary<string, Variant>? properties)) continue;
            Device1Proxy device = new(bus, DeviceService.BusName, path) { CallTimeout = DeviceService.CallTimeout };
            device.Load(properties);
            devices.Add(device);
        }

        return [.. devices.OrderBy(device => device.Label, StringComparer.Ordinal).ThenBy(device => device.Path, StringComparer.Ordinal)];
    }
}
