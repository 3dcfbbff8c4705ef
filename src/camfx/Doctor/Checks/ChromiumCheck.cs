namespace Camfx.Doctor.Checks;

/// <summary>Whether Chromium and its relatives take PipeWire cameras: a flag in their settings or on their command line.</summary>
internal sealed class ChromiumCheck() : Check("Chromium flag")
{
    private const string Feature = "WebRtcPipeWireCamera";
    private const string ScreenFeature = "WebRTCPipeWireCapturer";

    /// <summary>How chrome://flags keeps it, when it is on.</summary>
    private const string Experiment = "\"enable-webrtc-pipewire-camera@1\"";

    /// <summary>This version does not play PipeWire cameras at all.</summary>
    private const string BrokenVersion = "131.";

    private static readonly (string Name, string Program, string Folder)[] s_browsers =
    [
        ("Chromium", "chromium", "chromium"), ("Chrome", "google-chrome", "google-chrome"), ("Brave", "brave-browser", "BraveSoftware/Brave-Browser"),
        ("Edge", "microsoft-edge", "microsoft-edge"), ("Vivaldi", "vivaldi", "vivaldi"),
    ];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (machine.Files.Variable("HOME") is not { } home) yield break;
        string configuration = machine.Files.Variable("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config");
        foreach ((string name, string program, string folder) in s_browsers)
        {
            string settings = Path.Combine(configuration, folder);
            if (!machine.Files.Exists(settings) && !machine.Files.Exists($"/usr/bin/{program}")) continue;
            string version = machine.Files.Read(Path.Combine(settings, "Last Version"))?.Trim() ?? "";
            string[] commands = [.. Commands(machine, configuration, program)];
            bool isOn = commands.Any(static command => command.Contains(Feature, StringComparison.Ordinal))
                || machine.Files.Read(Path.Combine(settings, "Local State"))?.Contains(Experiment, StringComparison.Ordinal) == true;
            if (isOn && version.StartsWith(BrokenVersion, StringComparison.Ordinal))
                yield return Warning($"{name} {version} takes PipeWire cameras and cannot play them; a later version can.",
                    $"sudo apt update && sudo apt install {program}");
            else if (isOn)
                yield return Ok($"{name} takes PipeWire cameras.");
            else if (SeenNode.List(machine).Any(static node => node.IsOurs))
                yield return Ok($"{name} takes no PipeWire cameras, and sees camfx as a device.");
            else if (commands.Any(static command => command.Contains(ScreenFeature, StringComparison.Ordinal)))
                yield return Warning($"{name} is started with {ScreenFeature}, which is for the screen; cameras need {Feature}.",
                    $"{program} --enable-features={Feature}");
            else
                yield return Warning($"{name} takes no PipeWire cameras: its flag is off. Start it with the flag, or give camfx a device.",
                    $"{program} --enable-features={Feature}");
        }
    }

    /// <summary>Where its flags stand: running processes, Debian's folder, the files that distributions' starters read.</summary>
    private static IEnumerable<string> Commands(IMachine machine, string configuration, string program)
    {
        foreach (string file in machine.Files.List($"/etc/{program}.d").Append($"/etc/{program}/default").Append(Path.Combine(configuration, $"{program}-flags.conf")))
            if (machine.Files.Read(file) is { } text) yield return WithoutComments(text);
        foreach (Machine.RunningProcess process in machine.Processes.List())
            if (process.Arguments.Count > 0
                && process.Arguments[0].Contains(program.Split('-')[^1] is "browser" ? "brave" : program.Split('-')[^1], StringComparison.Ordinal))
                yield return string.Join(' ', process.Arguments);
    }

    private static string WithoutComments(string text) => string.Join('\n', text.Split('\n').Where(static line => !line.TrimStart().StartsWith('#')));
}
