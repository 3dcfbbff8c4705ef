using Camfx.Posix;
using Camfx.Processes;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>The machine's own video devices.</summary>
internal sealed class VideoDevices : IVideoDevices
{
    public string? Folder => "/dev";

    public IReadOnlyList<VideoNode> List() => VideoNodes.List();

    public IReadOnlyList<string> Paths() => VideoNodes.Paths();

    public string Resolve(string path)
    {
        try
        {
            return System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    public IVideoFile Open(string path) => VideoFile.Open(path, MapAccess.ReadWrite);

    public bool HasProducer(VideoNode node)
    {
        try
        {
            // v4l2loopback from 0.13 on. A node with exclusive caps has no output side while somebody writes, and tells in that way.
            return System.IO.File.ReadAllText($"/sys/class/video4linux/video{node.Number}/state").Trim() == "capture" || !node.IsOutput;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return !node.IsOutput;
        }
    }

    public string? Holder(string path)
    {
        IReadOnlyList<NodeHolder> holders = NodeHolders.Of(path);
        return holders.Count == 0 ? null : $"'{holders[0].Name}' (process {holders[0].ProcessId})";
    }
}
