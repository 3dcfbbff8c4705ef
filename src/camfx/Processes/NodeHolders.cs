using System.Globalization;

namespace Camfx.Processes;

/// <summary>Who has a device's node open, found in /proc. Processes of other users cannot be looked into, and are not found.</summary>
/// <remarks>Thread-safe. Costs a look at each process of the user: for sentences, not for frames.</remarks>
internal static class NodeHolders
{
    /// <summary>The processes that have the node open, those that stream first; this one is left out.</summary>
    /// <param name="node">E.g. <c>/dev/video0</c>, not a link to it.</param>
    /// <param name="processes">Where processes are listed.</param>
    public static IReadOnlyList<NodeHolder> Of(string node, string processes = "/proc")
    {
        var holders = new List<NodeHolder>();
        foreach (string folder in Directory.EnumerateDirectories(processes))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id == Environment.ProcessId) continue;
            try
            {
                bool mapped = Maps(folder, node);
                if (mapped || HasOpen(folder, node)) holders.Add(new NodeHolder(id, File.ReadAllText(Path.Combine(folder, "comm")).TrimEnd('\n'), mapped));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // It belongs to another user, or has just ended.
            }
        }

        return [.. holders.OrderBy(holder => holder.HasMapped ? 0 : 1).ThenBy(holder => holder.ProcessId)];
    }

    private static bool HasOpen(string folder, string node)
    {
        foreach (string link in Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")))
            if (new FileInfo(link).LinkTarget == node) return true;
        return false;
    }

    private static bool Maps(string folder, string node)
    {
        foreach (string line in File.ReadLines(Path.Combine(folder, "maps")))
            if (line.EndsWith(node, StringComparison.Ordinal) && line.Length > node.Length && line[^(node.Length + 1)] == ' ') return true;
        return false;
    }
}
