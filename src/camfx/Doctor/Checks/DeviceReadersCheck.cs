using Camfx.Devices;
using Camfx.Processes;
using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>Whether an app has a device for itself, so that the next one is told "busy".</summary>
internal sealed class DeviceReadersCheck() : Check("device readers")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        // Only v4l2loopback since 0.14 gives a node to one.
        if (LoopbackModule.Of(machine).Version(machine) is not { } version || !LoopbackVersions.HasTokens(version)) yield break;
        SeenNode[] nodes = [.. SeenNode.List(machine).Where(static node => node.IsOurs && node.Node.IsLoopback)];
        foreach (SeenNode device in nodes.Where(node => DeviceOf(node, nodes) == node))
        {
            NodeHolder[][] readers = [.. nodes.Where(node => DeviceOf(node, nodes) == device).Select(node => node.Streamers(machine).ToArray())];
            string? taken = readers.Any(static node => node.Length > 0) ? DeviceUse.Taken(device.Node.Path, readers) : null;
            yield return taken is null
                ? Ok($"{device.Node.Path} is free for an app.")
                : Warning($"{taken}: v4l2loopback {version} gives a node to one app.", DeviceUse.MoreReaders(device.Node.Path, readers.Length) ?? "close one of these apps");
        }
    }

    /// <summary>The first node of the device that a node belongs to: camfx 2 is the second one of camfx.</summary>
    private static SeenNode DeviceOf(SeenNode node, SeenNode[] all) =>
        node.Node.Card is [.. var name, ' ', >= '2' and <= '4'] && Array.Find(all, other => other.Node.Card == name) is { } first ? first : node;
}
