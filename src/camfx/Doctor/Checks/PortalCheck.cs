using Camfx.Doctor.Machine;

namespace Camfx.Doctor.Checks;

/// <summary>Whether browsers can ask the camera portal, and what it tells them.</summary>
internal sealed class PortalCheck() : Check("camera portal")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        PortalAnswer portal = machine.Buses.Portal;
        if (!portal.HasBus) return [Problem("There is no session bus, so browsers cannot ask for PipeWire cameras.", "systemctl --user start dbus.socket")];
        if (!portal.IsInstalled) return [Warning("There is no xdg-desktop-portal, which browsers ask for PipeWire cameras.",
            "sudo apt install xdg-desktop-portal xdg-desktop-portal-gtk")];
        if (!portal.HasCamera)
        {
            return
            [
                Warning(
                    "xdg-desktop-portal has no Camera interface: it needs a back end that can ask the user (gtk, gnome or kde; wlr alone cannot), and "
                        + "browsers hang without it.",
                    "sudo apt install xdg-desktop-portal-gtk && systemctl --user restart xdg-desktop-portal.service"),
            ];
        }

        return portal.SeesCamera == false && machine.PipeWire.Sources.Any(static node => node["media.role"] == "Camera")
            ? [Warning("xdg-desktop-portal tells browsers that there is no camera, although there is: this version looks only when it starts.",
                "systemctl --user restart xdg-desktop-portal.service")]
            : [Ok("xdg-desktop-portal has its Camera interface.")];
    }
}
