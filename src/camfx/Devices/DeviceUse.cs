using Camfx.DBus.Interfaces;
using Camfx.Processes;
using Camfx.V4L2;

namespace Camfx.Devices;

/// <summary>Who streams from a device's nodes, and what that means for the next app.</summary>
internal static class DeviceUse
{
    private const int MostReaders = 4;

    /// <summary>
    /// Says who has the nodes when there is none left: v4l2loopback from 0.14 on lets one app stream from a node, and tells the next one no more than EBUSY.
    /// </summary>
    /// <returns>A sentence; null where another app may come.</returns>
    public static string? WhyBusy(Device1Proxy device) =>
        device is { Watched: true, Backend: "v4l2loopback" } && LoopbackVersions.Loaded() is { } version && LoopbackVersions.HasTokens(version)
            ? WhyBusy(device.Path, [.. device.Paths.Select(static node => Streaming(NodeHolders.Of(node)).ToArray())])
            : null;

    /// <summary>The sentence with its remedy, or null.</summary>
    /// <param name="path">The device's first node.</param>
    /// <param name="readers">Who streams from each of its nodes.</param>
    internal static string? WhyBusy(string path, IReadOnlyList<NodeHolder[]> readers)
    {
        if (Taken(path, readers) is not { } taken) return null;
        string more = MoreReaders(path, readers.Count) is { } command ? $", and to have one more do '{command}' before they start" : "";
        return $"{taken}; close one app{more}.";
    }

    /// <summary>Who has the nodes when there is none left, without the full stop; null where another app may come.</summary>
    public static string? Taken(string path, IReadOnlyList<NodeHolder[]> readers)
    {
        // A device that is watched by nobody of this user's is watched by somebody else's program, from one node.
        int taken = Math.Max(readers.Count(static node => node.Length > 0), 1);
        if (taken < readers.Count) return null;
        NodeHolder[] known = [.. readers.SelectMany(static node => node).Distinct()];
        string who = known.Length == 0 ? "a program of another user" : string.Join(", ", known.Select(static holder => $"'{holder.Name}' (process {holder.ProcessId})"));
        return $"{path} is in use by {who}, and the next app finds it busy";
    }

    /// <summary>The command for one node more; null where a device has as many as it can have.</summary>
    public static string? MoreReaders(string path, int readers) => readers < MostReaders ? $"camfx device set {path} readers={readers + 1}" : null;

    // Who only looks around has no buffers mapped.
    private static IEnumerable<NodeHolder> Streaming(IReadOnlyList<NodeHolder> holders) =>
        holders.Where(static holder => holder.HasMapped && holder.Name != "camfx-helper");
}
