using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>A camera as it is listed.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Uri">The source that shows it, by what stays the same when it is plugged in again.</param>
/// <param name="Modes">What it can do; null: it could not be asked.</param>
internal sealed record CameraEntry(VideoNode Node, string Uri, VideoModes? Modes)
{
    /// <summary>The cameras there are, the best first; those of akvcam among them, camfx's own not.</summary>
    public static IReadOnlyList<CameraEntry> List(IVideoDevices devices)
    {
        VideoNode[] nodes = [.. NodeChoice.Cameras(devices)];
        return [.. nodes.Select(node => new CameraEntry(node, UriOf(node, nodes), Ask(devices, node)))];
    }

    private static string UriOf(VideoNode node, VideoNode[] all)
    {
        string name = all.Count(other => other.StableId == node.StableId) == 1 ? node.StableId : node.Path;
        return $"camera:{name.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal)}";
    }

    private static VideoModes? Ask(IVideoDevices devices, VideoNode node)
    {
        try
        {
            using IVideoFile file = devices.Open(node.Path);
            return VideoModes.List(file);
        }
        catch (VideoException)
        {
            return null;
        }
    }
}
