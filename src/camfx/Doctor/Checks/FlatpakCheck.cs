namespace Camfx.Doctor.Checks;

/// <summary>Flatpak apps without access to devices: they see the camera through the portal or not at all.</summary>
internal sealed class FlatpakCheck() : Check("Flatpak apps")
{
    private static readonly string[] s_apps =
    [
        "org.mozilla.firefox", "org.chromium.Chromium", "com.google.Chrome", "com.brave.Browser", "com.microsoft.Edge", "us.zoom.Zoom",
        "com.discordapp.Discord", "com.slack.Slack", "com.obsproject.Studio", "org.signal.Signal",
    ];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        string home = machine.Files.Variable("HOME") ?? "";
        foreach (string folder in new[] { "/var/lib/flatpak", Path.Combine(home, ".local/share/flatpak") })
        {
            foreach (string app in s_apps)
            {
                string? metadata = machine.Files.Read($"{folder}/app/{app}/current/active/metadata");
                if (metadata is null) continue;
                string overrides = machine.Files.Read(Path.Combine(home, $".local/share/flatpak/overrides/{app}")) ?? "";
                yield return HasDevices(metadata) || HasDevices(overrides)
                    ? Ok($"{app} may use devices.")
                    : Warning($"{app} (Flatpak) may not use devices: it sees camfx at PipeWire only, if it asks the camera portal.",
                        $"flatpak override --user --device=all {app}");
            }
        }
    }

    private static bool HasDevices(string metadata) => metadata.Split('\n')
        .Where(static line => line.StartsWith("devices=", StringComparison.Ordinal))
        .Any(static line => line["devices=".Length..].Split(';').Contains("all", StringComparer.Ordinal));
}
