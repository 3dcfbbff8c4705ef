using Camfx.PipeWire;

namespace Camfx.Doctor.Checks;

/// <summary>Whether PipeWire lists a device of camfx's beside its node, so that apps show two cameras.</summary>
internal sealed class ListedTwiceCheck() : Check("listed once")
{
    private static readonly string[] s_rules = ["/usr/share/wireplumber/wireplumber.conf.d/51-camfx.conf", "/usr/share/wireplumber/main.lua.d/51-camfx.lua"];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (machine.PipeWire.Graph is null) return [];
        SnapshotNode[] twice = [.. machine.PipeWire.Sources.Where(static node =>
            node["api.v4l2.cap.driver"] == "v4l2 loopback" && SeenNode.IsOurName(node["api.v4l2.cap.card"] ?? ""))];
        if (twice.Length == 0) return [Ok("PipeWire lists no device of camfx's beside its camera.")];
        string name = $"PipeWire lists {twice[0]["api.v4l2.path"]} beside the camera '{twice[0]["api.v4l2.cap.card"]}' itself";
        return Array.Exists(s_rules, machine.Files.Exists)
            ? [Warning($"{name}: WirePlumber has not read camfx's rule yet.", "systemctl --user restart wireplumber.service")]
            : [Warning($"{name}: WirePlumber has no rule that hides it.", "sudo apt install --reinstall camfx-helper && systemctl --user restart wireplumber.service")];
    }
}
