using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>Options for v4l2loopback in modprobe.d: they win over camfx's own, and over each other.</summary>
internal sealed class ModprobeOptionsCheck() : Check("modprobe options")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        IReadOnlyList<(string File, string Options)> lines = ModprobeFiles.Lines(machine, "options");
        if (lines.Count == 0) return [Ok("No file in modprobe.d has options for v4l2loopback.")];
        string[] files = [.. lines.Select(static line => line.File).Distinct(StringComparer.Ordinal)];
        if (files.Length > 1)
        {
            return
            [
                Warning(
                    $"{string.Join(" and ", files)} have options for v4l2loopback, and the later wins: nodes are not what either of them says.",
                    $"sudoedit {string.Join(' ', files)}"),
            ];
        }

        // A module that makes nodes at any time does not care; one that cannot gives camfx only nodes of its name.
        bool makesNodes = LoopbackModule.Of(machine).Version(machine) is not { } version || LoopbackVersions.HasControl(version);
        bool hasOurs = lines.Any(static line =>
            line.Options.Contains("card_label", StringComparison.Ordinal) && line.Options.Contains("camfx", StringComparison.Ordinal));
        if (!makesNodes && !hasOurs)
        {
            return
            [
                Problem(
                    $"{files[0]} has options for v4l2loopback without a node called 'camfx', and this version makes nodes only when it is loaded: camfx gets no device.",
                    $"sudoedit {files[0]}"),
            ];
        }

        return [Ok($"{files[0]} has options for v4l2loopback; camfx makes its own nodes beside those.")];
    }
}
