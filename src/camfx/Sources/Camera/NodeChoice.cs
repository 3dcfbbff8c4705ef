using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>Which of the nodes a <c>camera:</c> source means. A node's number says nothing: it changes from boot to boot.</summary>
internal static class NodeChoice
{
    /// <summary>
    /// The nodes that answer to a name, best first; for the empty name, all cameras there are, but those of akvcam: they always show something, and
    /// may be fed by this very program.
    /// </summary>
    public static IReadOnlyList<VideoNode> Candidates(IVideoDevices devices, string name)
    {
        if (name.Length == 0) return [.. Cameras(devices).Where(node => !node.IsAkvcam)];
        IReadOnlyList<VideoNode> nodes = devices.List();
        if (name.StartsWith('/'))
        {
            string path = devices.Resolve(name);
            return [.. nodes.Where(node => node.Path == path)];
        }

        Func<VideoNode, bool>[] meanings =
        [
            node => node.StableId == name,
            node => node.BusInfo == name,
            node => string.Equals(node.Card, name, StringComparison.OrdinalIgnoreCase),
            node => $"video{node.Number}" == name,
            node => node.Card.Contains(name, StringComparison.OrdinalIgnoreCase),
            node => node.StableId.Contains(name, StringComparison.OrdinalIgnoreCase),
        ];
        foreach (Func<VideoNode, bool> meant in meanings)
        {
            VideoNode[] found = [.. nodes.Where(node => node.IsCapture && meant(node)).OrderBy(Rank).ThenBy(node => node.Number)];
            if (found.Length > 0) return found;
        }

        return [];
    }

    /// <summary>All nodes from which pictures can be had, best first: devices that capture, and virtual ones that somebody feeds, but none of camfx's own.</summary>
    public static IEnumerable<VideoNode> Cameras(IVideoDevices devices) => devices.List()
        .Where(node => node.IsCapture && !IsOwn(node) && (!node.IsLoopback || devices.HasProducer(node)))
        .OrderBy(Rank)
        .ThenBy(node => node.Number);

    /// <summary>The node of a camera that was here before: the same device at whatever number, or what now stands in its place on the bus.</summary>
    public static VideoNode? Again(IVideoDevices devices, VideoNode before)
    {
        // One device may have several nodes alike: then the same path goes first.
        VideoNode[] alike =
        [
            .. devices.List()
                .Where(node => node.IsCapture && node.Driver == before.Driver && node.Card == before.Card)
                .OrderBy(node => node.Path == before.Path ? 0 : 1),
        ];
        return alike.FirstOrDefault(node => node.StableId == before.StableId)
            ?? alike.FirstOrDefault(node => node.BusInfo == before.BusInfo);
    }

    /// <summary>Whether it is a camera of this program: showing it to itself would be a picture in a picture without end.</summary>
    public static bool IsOwn(VideoNode node) =>
        node.IsLoopback && (node.Card == "camfx" || node.Card.StartsWith("camfx ", StringComparison.Ordinal));

    // Cameras one can hold in the hand come first; one that sees in the dark to know its owner's face is not meant by "a camera".
    private static int Rank(VideoNode node)
    {
        bool isVirtual = node.IsLoopback;
        bool isTest = node.Driver is "vivid" or "vimc";
        bool seesInfrared = node.Card.Contains("infrared", StringComparison.OrdinalIgnoreCase)
            || node.Card.Split(' ', ':', '-', '_').Contains("IR", StringComparer.Ordinal);
        return (isVirtual ? 4 : isTest ? 2 : 0) + (seesInfrared ? 1 : 0);
    }
}
