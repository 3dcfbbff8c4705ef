using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>Whether this version of v4l2loopback may be used with this kernel, and what it cannot do.</summary>
internal sealed class ModuleVersionCheck() : Check("module version")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        var module = LoopbackModule.Of(machine);
        if (module.Version(machine) is not { } version) return [];
        if (LoopbackVersions.WhyNot(version, module.Kernel) is { } why) return [Problem(why, "sudo apt update && sudo apt install v4l2loopback-dkms")];
        if (!LoopbackVersions.HasControl(version))
        {
            return
            [
                Warning(
                    $"v4l2loopback {version} makes nodes only when it is loaded: those that /etc/camfx/devices.conf lists, and no more.",
                    "sudoedit /etc/camfx/devices.conf"),
            ];
        }

        return [Ok(LoopbackVersions.HasTokens(version)
            ? $"v4l2loopback {version} makes devices at any time, and lets one app stream from a node (readers= gives a device more nodes)."
            : $"v4l2loopback {version} makes devices at any time.")];
    }
}
