using Camfx.Processes;

namespace Camfx.Doctor.Checks;

/// <summary>Whether there is a camera to take pictures from, and who has it.</summary>
internal sealed class CameraCheck() : Check("camera")
{
    /// <summary>Nodes of image processors: they give nothing that a program could show without libcamera.</summary>
    private static readonly string[] s_processors = ["Intel IPU6", "Intel IPU7", "ipu3-", "rkisp", "bcm2835-isp", "pispbe", "rp1-cfe"];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        SeenNode[] seen = [.. SeenNode.List(machine).Where(static node => node.IsCamera)];
        SeenNode[] cameras = [.. seen.Where(static node => !IsProcessor(node))];
        if (cameras.Length > 0) return cameras.Select(camera => Describe(machine, camera));
        return seen.Length > 0
            ? [Warning("The camera of this machine is a bare sensor, which only libcamera can read; take it through PipeWire (pipewire-libcamera).",
                "sudo apt install libspa-0.2-libcamera && systemctl --user restart wireplumber")]
            : [Warning("No camera is plugged in; camfx shows files, pictures and test patterns.")];
    }

    private static bool IsProcessor(SeenNode node) =>
        Array.Exists(s_processors, name => node.Node.Card.StartsWith(name, StringComparison.Ordinal) || node.Node.Driver.StartsWith(name, StringComparison.Ordinal));

    private Finding Describe(IMachine machine, SeenNode camera)
    {
        string name = $"'{camera.Node.Card}' ({camera.Node.Path})";
        NodeHolder[] streamers = [.. camera.Streamers(machine)];
        string names = string.Join(", ", streamers.Select(static holder => $"'{holder.Name}' (process {holder.ProcessId})"));
        return streamers.Length == 0
            ? Ok($"{name} is free, or camfx has it.")
            : Warning(
                $"{name} is in use by {names}: camfx waits until it is free.",
                $"kill {string.Join(' ', streamers.Select(static holder => holder.ProcessId))}");
    }
}
