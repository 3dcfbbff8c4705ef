using System.CommandLine;
using Camfx.Doctor;
using Camfx.Doctor.Machine;

namespace Camfx.Cli;

/// <summary><c>camfx doctor</c>: why a camera is not there.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var doctor = new Command(
            "doctor",
            "Looks for every known cause of a camera that apps do not list: kernel module, permissions, PipeWire, portal, browsers, other programs. "
            + "Changes nothing. Exit status: 1 when there is a problem.")
        {
            json,
        };
        doctor.SetAction(parsed => (int)Run(new ThisMachine(), parsed.GetValue(json)));
        return doctor;
    }

    internal static ExitCode Run(IMachine machine, bool json)
    {
        Finding[] findings = [.. AllChecks.List.SelectMany(check => check.Look(machine))];
        Console.Out.Write(json ? Report.Json(findings) : Report.Text(findings));
        return Array.Exists(findings, static finding => finding.Severity == Severity.Problem) ? ExitCode.Failed : ExitCode.Ok;
    }
}
