using Camfx.PipeWire;

namespace Camfx.Doctor.Checks;

/// <summary>
/// What a browser asks of a node at PipeWire: WirePlumber's permissions for the portal (find-portal-access.lua), then libwebrtc's list
/// (modules/video_capture/linux/pipewire_session.cc). Says which condition fails.
/// </summary>
internal sealed class WebRtcNodeCheck() : Check("browsers, PipeWire")
{
    /// <summary>I420, YUY2, UYVY, BGRA, ARGB, RGBA, BGR, RGB, NV12, RGB16 of <c>enum spa_video_format</c>.</summary>
    private static readonly uint[] s_readable = [2, 4, 5, 11, 12, 13, 15, 16, 23, 29];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (machine.PipeWire.Graph is not { } graph) yield break;
        foreach (SnapshotNode node in graph.Nodes.Where(static node => IsOurs(node)))
        {
            string name = node["node.name"] ?? $"{node.Id}";
            yield return WhyNot(node) is { } why
                ? Problem($"Browsers do not list the PipeWire camera '{name}': {why}.", "systemctl --user restart camfx.service")
                : Ok($"Browsers list the PipeWire camera '{name}'.");
        }
    }

    /// <summary>Whether camfx announced it. WirePlumber's nodes of devices are not meant: they have a path.</summary>
    internal static bool IsOurs(SnapshotNode node) =>
        node["api.v4l2.path"] is null && (node[CameraNode.CameraProperty] is not null || SeenNode.IsOurName(node["node.name"] ?? ""));

    private static string? WhyNot(SnapshotNode node)
    {
        if (!node.IsVideoSource) return $"media.class is '{node["media.class"]}', not 'Video/Source'";
        if (node["media.role"] != "Camera") return node["media.role"] is { } role ? $"media.role is '{role}', not 'Camera'" : "it has no media.role=Camera";
        if (string.IsNullOrEmpty(node["node.description"])) return "it has no node.description";
        if (node.Formats.Length == 0) return "it offers no format of video";
        if (node.Formats.All(static format => !format.IsMjpeg && !format.IsOneFormat)) return "it offers no single format, only choices of several";
        if (!node.Formats.Any(static format => IsReadable(format))) return "it offers no format that browsers read";
        return node.Formats.Any(static format => IsReadable(format) && format.IsOneSize && format is { Width: > 0, Height: > 0 })
            ? null
            : "it offers no single size, only a range";
    }

    private static bool IsReadable(OfferedFormat format) => format.IsMjpeg || (format.IsRaw && format.IsOneFormat && s_readable.Contains(format.SpaFormat));
}
