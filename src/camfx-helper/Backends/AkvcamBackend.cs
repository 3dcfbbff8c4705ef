using Camfx.DBus;
using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Backends;

/// <summary>akvcam: uses the outputs that its configuration makes; the cameras behind them are what apps see.</summary>
internal sealed class AkvcamBackend(AkvcamSystem system, Func<string, FileDescriptor?, IVideoFile> open) : IBackend
{
    public string Name => "akvcam";

    public bool IsDefault => true;

    public BackendState Look()
    {
        if (!system.IsLoaded) return new BackendState(false, false, "akvcam is not loaded; see docs/devices.md for how to set it up.");
        int outputs = Usable().Count();
        return outputs > 0
            ? new BackendState(true, false, $"akvcam with {outputs} outputs")
            : new BackendState(false, false, $"akvcam is loaded without an output that has a camera; {AkvcamConfiguration.DefaultPath} configures it.");
    }

    public IReadOnlyList<NodeRecord> Choose(DeviceRequest request, IReadOnlySet<int> taken)
    {
        if (request.Readers > 1) throw BusException.Unsupported("akvcam's configuration says how many cameras hang on an output; ask for one reader.");
        foreach (AkvcamNode node in Usable())
        {
            int number = NumberOf(node.Captures[0]);
            if (taken.Contains(number) || (request.Number is { } wanted && wanted != number) || !Fits(node, request.Mode)) continue;
            return [new NodeRecord(number, node.Captures[0], node.Path, Made: false)];
        }

        var format = new AkvcamFormat(request.Mode.Format, request.Mode.Width, request.Mode.Height, OutputModes.RateOf(request.Mode.FrameRate));
        string text;
        try
        {
            text = AkvcamConfiguration.TextFor(request.Label, format);
        }
        catch (ArgumentException impossible)
        {
            throw BusException.Unsupported(impossible.Message);
        }

        throw BusException.Unsupported(
            $"akvcam has no free output for this; write the following to {AkvcamConfiguration.DefaultPath} and load the module anew:\n{text}");
    }

    public void Make(DeviceRecord device, int node)
    {
    }

    public bool Remove(NodeRecord node) => true;

    public bool Exists(DeviceRecord device, int node) =>
        Usable().Any(there => there.Path == device.Nodes[node].WritePath && there.Captures[0] == device.Nodes[node].Path);

    public INodeOutput Open(DeviceRecord device, int node, FileDescriptor? kept)
    {
        string path = device.Nodes[node].WritePath;
        int number = NumberOf(path);
        IVideoFile file = open(path, kept);
        try
        {
            VideoOutput output = VideoOutput.Open(file, OutputModes.Of(device.Mode), new VideoOutputOptions { Resume = kept is not null });
            return new VideoNodeOutput(file, output, () => system.Listeners(number).Count > 0, whyThisMemory: null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private IEnumerable<AkvcamNode> Usable() => system.Outputs().Where(static node => node.Captures.Count > 0);

    /// <summary>Where the configuration can be read, an output must have the format; else the driver is asked when it is opened.</summary>
    private bool Fits(AkvcamNode node, DeviceMode mode)
    {
        AkvcamCamera? camera = system.Configuration?.Cameras.FirstOrDefault(camera => camera.IsOutput && camera.Description == node.Name);
        return camera is null || camera.Formats.Count == 0
            || camera.Formats.Any(format => format.Format == mode.Format && format.Width == mode.Width && format.Height == mode.Height);
    }

    private static int NumberOf(string path) => int.TryParse(path.AsSpan(path.LastIndexOf("video", StringComparison.Ordinal) + 5), out int number) ? number : -1;
}
