namespace Camfx.Doctor.Checks;

/// <summary>Apps to which the user once said no; the portal does not ask again.</summary>
internal sealed class PortalPermissionCheck() : Check("camera permission")
{
    private const string Store = "org.freedesktop.impl.portal.PermissionStore";

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (!machine.Buses.Portal.IsInstalled) return [];
        string[] denied = [.. machine.Buses.Portal.Permissions.Where(static entry => entry.Value == "no")
            .Select(static entry => entry.Key).Order(StringComparer.Ordinal)];
        return denied.Length == 0
            ? [Ok("No app was denied the camera.")]
            : denied.Select(app => Problem(
                $"{(app.Length == 0 ? "Apps outside of a sandbox were" : $"'{app}' was")} denied the camera once, and the portal has kept that answer.",
                $"busctl --user call {Store} /org/freedesktop/impl/portal/PermissionStore {Store} DeletePermission sss devices camera '{app}'"));
    }
}
