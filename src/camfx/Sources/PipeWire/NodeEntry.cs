using Camfx.PipeWire;

namespace Camfx.Sources.PipeWire;

/// <summary>A camera at PipeWire as it is listed.</summary>
/// <param name="Uri">The source that shows it.</param>
/// <param name="Title">What users call it.</param>
/// <param name="Name">The node's name.</param>
internal sealed record NodeEntry(string Uri, string Title, string Name)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The cameras at PipeWire that no other kind of source shows: neither those of V4L2, which are found at their nodes, nor camfx's own. Where there is
    /// no PipeWire there are none.
    /// </summary>
    public static IReadOnlyList<NodeEntry> List()
    {
        try
        {
            return [.. Of(GraphSnapshot.Take(s_patience).Nodes)];
        }
        catch (Exception failure) when (failure is IOException or DllNotFoundException)
        {
            return [];
        }
    }

    internal static IEnumerable<NodeEntry> Of(IEnumerable<SnapshotNode> nodes) => nodes
        .Where(static node => node.IsVideoSource && node["node.name"] is { Length: > 0 } && node["api.v4l2.path"] is null && node[CameraNode.CameraProperty] is null)
        .OrderBy(static node => node.Id)
        .Select(static node => Of(node["node.name"]!, node["node.description"]))
        .DistinctBy(static entry => entry.Name);

    private static NodeEntry Of(string name, string? description) =>
        new($"pipewire:{name.Replace("?", "%3F", StringComparison.Ordinal)}", string.IsNullOrEmpty(description) ? name : description, name);
}
