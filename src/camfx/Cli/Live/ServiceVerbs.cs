using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;

namespace Camfx.Cli.Live;

/// <summary><c>camfx start|stop|restart</c>: the user's service, by systemd.</summary>
internal static class ServiceVerbs
{
    private const string Unit = "camfx.service";

    private const string NoSystemd = "There is no systemd for this user here";

    public static IEnumerable<Command> Create()
    {
        yield return Verb("start", "Starts the camfx service of this user: the saved cameras. 'systemctl --user enable camfx' starts it at every login.");
        yield return Verb("stop", "Ends the camfx service of this user.");
        yield return Verb("restart", "Ends the camfx service of this user and starts it anew.");
    }

    private static Command Verb(string verb, string description)
    {
        var command = new Command(verb, description);
        command.SetAction(_ => Run(verb));
        return command;
    }

    private static void Run(string verb)
    {
        string said;
        int code;
        try
        {
            using Process systemctl = Process.Start(new ProcessStartInfo("systemctl", ["--user", verb, Unit]) { RedirectStandardError = true, UseShellExecute = false })!;
            said = systemctl.StandardError.ReadToEnd().Trim();
            systemctl.WaitForExit();
            code = systemctl.ExitCode;
        }
        catch (Win32Exception missing)
        {
            throw new CamfxException(ExitCode.Failed, $"{NoSystemd}; {Instead(verb)}.", missing);
        }

        if (code == 0) return;
        if (said.Contains("Failed to connect to bus", StringComparison.Ordinal) || said.Contains("not been booted with systemd", StringComparison.Ordinal))
            throw new CamfxException(ExitCode.Failed, $"{NoSystemd}; {Instead(verb)}.");

        // 5: systemctl(1) knows no such unit.
        if (code == 5) throw new CamfxException(ExitCode.NoSuchThing, $"systemd does not know {Unit}; install it with make install, or {Instead(verb)}.");
        throw new CamfxException(ExitCode.Failed, $"systemd could not {verb} camfx: {said.Split('\n')[0]} See 'journalctl --user -u camfx'.");
    }

    private static string Instead(string verb) => verb == "start"
        ? "run 'camfx run --service' yourself"
        : "end the process of 'camfx run --service' yourself; 'camfx status' names it";
}
