namespace Camfx.Doctor.Checks;

/// <summary>Whether camfx runs at all.</summary>
internal sealed class RunningCheck() : Check("camfx")
{
    private static readonly string[] s_units = ["/usr/lib/systemd/user/camfx.service", "/usr/local/lib/systemd/user/camfx.service", "/etc/systemd/user/camfx.service"];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (machine.Buses.IsSessionRunning == true) return [Ok("camfx runs.")];
        if (machine.PipeWire.Graph?.Nodes.Any(static node => WebRtcNodeCheck.IsOurs(node)) == true
            || machine.Processes.List().Any(static process => process.Name == "camfx"))
            return [Ok("camfx runs, without its service.")];
        string start = Array.Exists(s_units, machine.Files.Exists) ? "systemctl --user start camfx.service" : "camfx run";
        return [Warning("camfx does not run, so there is no camera.", start)];
    }
}
