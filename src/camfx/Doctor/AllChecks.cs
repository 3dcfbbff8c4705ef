using Camfx.Doctor.Checks;

namespace Camfx.Doctor;

/// <summary>Every check, in the order in which a person reads them: from the session over PipeWire and browsers to the kernel.</summary>
internal static class AllChecks
{
    public static IReadOnlyList<Check> List { get; } =
    [
        new SessionCheck(),
        new RunningCheck(),
        new CameraCheck(),
        new NodePermissionCheck(),
        new PipeWireCheck(),
        new SessionManagerCheck(),
        new WebRtcNodeCheck(),
        new ListedTwiceCheck(),
        new PortalCheck(),
        new PortalPermissionCheck(),
        new ChromiumCheck(),
        new FirefoxCheck(),
        new FlatpakCheck(),
        new HelperCheck(),
        new PolkitCheck(),
        new ModuleCheck(),
        new ModuleVersionCheck(),
        new ModuleSignatureCheck(),
        new ModuleForbiddenCheck(),
        new ModprobeOptionsCheck(),
        new RelayCheck(),
        new ChromiumDeviceCheck(),
        new WebRtcDeviceCheck(),
        new DeviceReadersCheck(),
    ];
}
