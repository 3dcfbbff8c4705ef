using Camfx.DBus;
using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Backends;

/// <summary>Any other V4L2 output node: hardware, or the kernel's test driver. Frames go in there; what comes of it is the device's affair.</summary>
internal sealed class OutputBackend(Func<IReadOnlyList<VideoNode>> list, Func<string, FileDescriptor?, IVideoFile> open) : IBackend
{
    public string Name => "v4l2-output";

    public bool IsDefault => false;

    public BackendState Look()
    {
        List<VideoNode> nodes = [.. Usable()];
        return nodes.Count > 0
            ? new BackendState(true, false, string.Join(", ", nodes.Select(static node => $"{node.Path} ({node.Card})")))
            : new BackendState(false, false, "There is no V4L2 output that the helper may open.");
    }

    public IReadOnlyList<NodeRecord> Choose(DeviceRequest request, IReadOnlySet<int> taken)
    {
        if (request.Readers > 1) throw BusException.Unsupported("An output device has one node; ask for one reader.");
        foreach (VideoNode node in Usable())
        {
            if (request.Number is { } wanted ? wanted != node.Number : taken.Contains(node.Number)) continue;
            if (taken.Contains(node.Number)) throw BusException.Busy($"{node.Path} belongs to another device.");
            return [new NodeRecord(node.Number, node.Path, node.Path, Made: false)];
        }

        throw BusException.Unsupported(request.Number is { } number ? $"/dev/video{number} takes no frames." : "There is no free V4L2 output.");
    }

    public void Make(DeviceRecord device, int node)
    {
    }

    public bool Remove(NodeRecord node) => true;

    public bool Exists(DeviceRecord device, int node) => File.Exists(device.Nodes[node].WritePath);

    public INodeOutput Open(DeviceRecord device, int node, FileDescriptor? kept)
    {
        IVideoFile file = open(device.Nodes[node].WritePath, kept);
        try
        {
            VideoOutput output = VideoOutput.Open(file, OutputModes.Of(device.Mode), new VideoOutputOptions { Resume = kept is not null });
            return new VideoNodeOutput(file, output, static () => null, whyThisMemory: null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private IEnumerable<VideoNode> Usable() => list().Where(static node => node.IsOutput && !node.IsLoopback && !node.IsAkvcam);
}
