using Camfx.Doctor.Machine;

namespace Camfx.Doctor.Checks;

/// <summary>Other programs that feed v4l2loopback and load it with options of their own (laptops with MIPI cameras bring them).</summary>
internal sealed class RelayCheck() : Check("other relays")
{
    private static readonly string[] s_names = ["v4l2-relayd", "camera-relay"];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        RunningProcess[] relays = [.. machine.Processes.List().Where(static process => s_names.Contains(process.Name, StringComparer.Ordinal))];
        return relays.Length == 0
            ? [Ok("No other program feeds v4l2loopback.")]
            : relays.Select(relay => Warning(
                $"'{relay.Name}' (process {relay.Id}) feeds v4l2loopback, too, and loads it with options of its own; its node is not camfx's. If you do not "
                    + "need it, end it.",
                $"sudo systemctl disable --now {relay.Name}"));
    }
}
