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
        foreach (SeenNode device in SeenNode.List(machine).Where(static node => node.IsOurs && node.Node.IsLoopback))
        {
            NodeHolder[] streamers = [.. device.Streamers(machine)];
            yield return streamers.Length == 0
                ? Ok($"{device.Node.Path} is free for an app.")
                : Warning(
                    $"{device.Node.Path} is watched by '{streamers[0].Name}' (process {streamers[0].ProcessId}), and v4l2loopback {version} gives a node to "
                        + "one app: the next one hears that it is busy.",
                    $"camfx device set {device.Node.Path} readers=2");
        }
    }
}
