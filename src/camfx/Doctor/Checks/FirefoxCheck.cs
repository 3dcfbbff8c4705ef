namespace Camfx.Doctor.Checks;

/// <summary>Whether Firefox takes PipeWire cameras: a preference of each profile.</summary>
internal sealed class FirefoxCheck() : Check("Firefox")
{
    private const string Preference = "media.webrtc.camera.allow-pipewire";

    private static readonly string[] s_folders = [".mozilla/firefox", "snap/firefox/common/.mozilla/firefox", ".var/app/org.mozilla.firefox/.mozilla/firefox"];

    private static readonly string[] s_distribution = ["/usr/lib/firefox", "/usr/lib/firefox-esr", "/usr/lib64/firefox"];

    private static readonly string[] s_programs = ["firefox", "firefox-esr"];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (machine.Files.Variable("HOME") is not { } home) return [];
        string[] profiles = [.. s_folders.SelectMany(folder => machine.Files.List(Path.Combine(home, folder)))
            .Where(folder => machine.Files.Exists(Path.Combine(folder, "prefs.js")))];
        string? installed = s_programs.FirstOrDefault(program => machine.Files.Exists($"/usr/bin/{program}"));
        if (profiles.Length == 0 && installed is null) return [];
        bool shipped = s_distribution.Any(folder => machine.Files.List(Path.Combine(folder, "defaults/pref"))
            .Concat(machine.Files.List(Path.Combine(folder, "browser/defaults/preferences"))).Any(file => Setting(machine, file) == true));
        string[] off = [.. profiles.Where(profile =>
            (Setting(machine, Path.Combine(profile, "user.js")) ?? Setting(machine, Path.Combine(profile, "prefs.js")) ?? shipped) == false)];
        bool isOn = profiles.Length == 0 ? shipped : off.Length == 0;
        if (isOn) return [Ok("Firefox takes PipeWire cameras.")];
        if (SeenNode.List(machine).Any(static node => node.IsOurs)) return [Ok("Firefox takes no PipeWire cameras, and sees camfx as a device.")];
        if (profiles.Length == 0)
            return [Warning($"Firefox takes no PipeWire cameras as it comes: switch {Preference} on there, or give camfx a device.", $"{installed} about:config")];
        return off.Select(profile => Warning(
            $"Firefox's profile '{Path.GetFileName(profile)}' takes no PipeWire cameras: {Preference} is off. Switch it on and start Firefox anew, or give "
                + "camfx a device.",
            $"echo 'user_pref(\"{Preference}\", true);' >>'{profile}/user.js'"));
    }

    /// <summary>What a file of preferences says; null: nothing.</summary>
    private static bool? Setting(IMachine machine, string file)
    {
        string? line = (machine.Files.Read(file) ?? "").Split('\n').LastOrDefault(static line => line.Contains($"\"{Preference}\"", StringComparison.Ordinal)
            && line.Contains("pref(", StringComparison.Ordinal));
        return line is null ? null : line[line.LastIndexOf('"')..].Contains("true", StringComparison.Ordinal);
    }
}
