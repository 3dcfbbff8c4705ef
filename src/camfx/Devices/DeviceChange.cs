using Camfx.DBus;
using Camfx.DBus.Interfaces;

namespace Camfx.Devices;

/// <summary>Making, removing and changing devices. A person may be asked for a password.</summary>
internal static class DeviceChange
{
    /// <summary>Makes a device.</summary>
    /// <exception cref="CamfxException">The helper refused.</exception>
    public static Device1Proxy Make(Bus bus, string label, DeviceWishes wishes)
    {
        using Helper1Proxy helper = new(bus, DeviceService.BusName, DeviceService.Root) { CallTimeout = DeviceService.CallTimeout, AllowsInteraction = true };
        try
        {
            ObjectPath path = Create(helper, label, wishes);
            Device1Proxy device = new(bus, DeviceService.BusName, path) { CallTimeout = DeviceService.CallTimeout };
            device.Refresh();
            return device;
        }
        catch (BusException failure)
        {
            throw DeviceService.Translate(failure, $"make the device '{label}'");
        }
    }

    private static ObjectPath Create(Helper1Proxy helper, string label, DeviceWishes wishes)
    {
        try
        {
            return helper.CreateDevice(label, wishes.Options);
        }
        catch (BusException failure) when (DeviceService.MayRestart(failure))
        {
            DeviceService.AwaitRestart(helper.Bus);
            return helper.CreateDevice(label, wishes.Options);
        }
    }

    /// <summary>Removes a device.</summary>
    /// <exception cref="CamfxException">The helper refused.</exception>
    public static void Remove(Device1Proxy device)
    {
        device.AllowsInteraction = true;
        try
        {
            device.Remove();
        }
        catch (BusException failure)
        {
            throw DeviceService.Translate(failure, $"remove the device '{device.Label}'");
        }
    }

    /// <summary>Removes a device and makes it again, different where it is wished.</summary>
    /// <exception cref="CamfxException">The helper refused; then the device is as it was, or the message says that it is gone.</exception>
    public static Device1Proxy Replace(Bus bus, Device1Proxy device, DeviceWishes wishes)
    {
        DeviceWishes before = DeviceWishes.Of(device);
        Remove(device);
        try
        {
            return Make(bus, device.Label, wishes.Or(before));
        }
        catch (CamfxException failure)
        {
            try
            {
                Make(bus, device.Label, before);
            }
            catch (CamfxException second)
            {
                throw new CamfxException(failure.ExitCode, $"{failure.Message} The device is gone, for it could not be made again either: {second.Message}", second);
            }

            throw;
        }
    }
}
