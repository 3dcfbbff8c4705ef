using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Devices;

namespace Camfx.Doctor.Machine;

/// <summary>Asks camfx-helper what it finds.</summary>
internal static class HelperQuestion
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    public static HelperAnswer Ask(Bus bus)
    {
        if (!DeviceService.IsThere(bus)) return new HelperAnswer(HelperState.Absent, null, []);
        try
        {
            using Helper1Proxy helper = new(bus, DeviceService.BusName, DeviceService.Root) { CallTimeout = s_patience };
            return new HelperAnswer(HelperState.Answers, null, helper.Diagnose());
        }
        catch (BusException failure)
        {
            return new HelperAnswer(HelperState.Silent, failure.Message, []);
        }
    }
}
