using Camfx.Doctor.Machine;

namespace Camfx.Doctor.Checks;

/// <summary>Whether camfx-helper is there and answers, and what it finds itself.</summary>
internal sealed class HelperCheck() : Check("camfx-helper")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        HelperAnswer helper = machine.Buses.Helper;
        return helper.State switch
        {
            HelperState.NoBus => [Warning($"The system bus cannot be reached, so there are no devices: {helper.Error}", "systemctl status dbus.socket")],
            HelperState.Absent => [Warning("camfx-helper is not installed: apps that only know /dev/video* do not see the camera.", "sudo apt install camfx-helper")],
            HelperState.Silent => [Problem($"camfx-helper does not answer: {helper.Error}", helper.Error?.Contains("masked", StringComparison.Ordinal) == true
                ? "sudo systemctl unmask camfx-helper.service"
                : "sudo systemctl restart camfx-helper.service; journalctl -u camfx-helper.service -n 20")],
            _ => [Ok("camfx-helper answers."), .. helper.Findings.Select(Translate)],
        };
    }

    private static Finding Translate((string Topic, string Severity, string Message) finding)
    {
        // A word that a later helper may have is worth a look.
        Severity severity = Enum.TryParse(finding.Severity, ignoreCase: true, out Severity known) && Enum.IsDefined(known) ? known : Severity.Warning;
        return new Finding($"helper: {finding.Topic}", severity, finding.Message, severity == Severity.Ok ? null : "journalctl -u camfx-helper.service -n 20");
    }
}
