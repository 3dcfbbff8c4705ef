
namespace Camfx.Doctor.Checks;

/// <summary>Whether a session manager links apps to cameras and lets the portal's apps see them.</summary>
internal sealed class SessionManagerCheck() : Check("WirePlumber")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (machine.PipeWire.Graph is not { } graph) return [];
        if (graph.Clients.Any(static name => name.StartsWith("WirePlumber", StringComparison.Ordinal))) return [Ok("WirePlumber runs.")];
        string start = machine.Files.Exists("/usr/bin/wireplumber") ? "systemctl --user enable --now wireplumber.service" : "sudo apt install wireplumber";
        return graph.Clients.Any(static name => name.StartsWith("pipewire-media-session", StringComparison.Ordinal))
            ? [Warning("pipewire-media-session runs in place of WirePlumber; it gives no cameras to apps that ask the portal.",
                "sudo apt install wireplumber pipewire-media-session-")]
            : [Problem("No session manager runs: PipeWire links no app to a camera without one.", start)];
    }
}
