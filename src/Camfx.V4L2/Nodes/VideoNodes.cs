using Camfx.Posix;

namespace Camfx.V4L2;

/// <summary>The video nodes of this machine.</summary>
/// <remarks>Thread-safe.</remarks>
public static class VideoNodes
{
    private const string Devices = "/dev";

    /// <summary>
    /// Every node that this user may open, by number. A node that is gone by the time it is asked, or whose driver does not answer, is left out.
    /// </summary>
    public static IReadOnlyList<VideoNode> List() => List(Devices, path => VideoFile.Open(path, MapAccess.Read));

    /// <summary>The node that a text names: a path, a link in /dev/v4l, a number, a stable id, or (part of) a card's name; capture nodes go before others.</summary>
    /// <param name="text">What the user typed; empty: the first camera that is no loopback.</param>
    /// <returns>Null: none answers to it.</returns>
    public static VideoNode? Find(string text) => Find(List(), text, Resolve);

    /// <summary>The paths of all video nodes, by number, whether they can be opened or not.</summary>
    public static IReadOnlyList<string> Paths() => Paths(Devices);

    internal static IReadOnlyList<VideoNode> List(string folder, Func<string, IVideoFile> open)
    {
        Dictionary<string, string> ids = Links(folder);
        List<VideoNode> nodes = [];
        foreach (string path in Paths(folder))
        {
            try
            {
                using IVideoFile file = open(path);
                nodes.Add(VideoNode.Query(file, ids.GetValueOrDefault(path)));
            }
            catch (VideoException)
            {
                // Not ours to open, or just unplugged: it is no node for this user.
            }
        }

        return nodes;
    }

    internal static VideoNode? Find(IReadOnlyList<VideoNode> nodes, string text, Func<string, string> resolve)
    {
        if (text.Length == 0) return nodes.FirstOrDefault(node => node.IsCapture && !node.IsLoopback && !node.IsAkvcam) ?? nodes.FirstOrDefault(node => node.IsCapture);
        if (text.StartsWith('/'))
        {
            string path = resolve(text);
            return nodes.FirstOrDefault(node => node.Path == path);
        }

        IEnumerable<VideoNode> ordered = nodes.OrderBy(node => node.IsCapture ? 0 : 1);
        return ordered.FirstOrDefault(node => node.StableId == text)
            ?? ordered.FirstOrDefault(node => $"{node.Number}" == text || $"video{node.Number}" == text)
            ?? ordered.FirstOrDefault(node => string.Equals(node.Card, text, StringComparison.OrdinalIgnoreCase))
            ?? ordered.FirstOrDefault(node => node.Card.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    internal static IReadOnlyList<string> Paths(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateFiles(folder, "video*")
            .Where(path => VideoNode.NumberOf(path) >= 0)
            .OrderBy(VideoNode.NumberOf)
            .ToList();
    }

    /// <summary>Where a link leads, e.g. /dev/v4l/by-id/… to /dev/video0; the path itself where it is none.</summary>
    internal static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (IOException)
        {
            return path;
        }
        catch (UnauthorizedAccessException)
        {
            return path;
        }
    }

    private static Dictionary<string, string> Links(string folder)
    {
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        string links = Path.Combine(folder, "v4l/by-id");
        if (!Directory.Exists(links)) return ids;
        foreach (string link in Directory.EnumerateFiles(links).Order(StringComparer.Ordinal)) ids.TryAdd(Resolve(link), Path.GetFileName(link));
        return ids;
    }
}
