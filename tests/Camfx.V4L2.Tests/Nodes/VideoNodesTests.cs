using Camfx.Frames;
using Camfx.Posix;
using Camfx.V4L2.Fake;

namespace Camfx.V4L2.Tests.Nodes;

public sealed class VideoNodesTests : IDisposable
{
    private static readonly VideoNode[] s_nodes =
    [
        Node(0, "v4l2 loopback", "OBS Virtual Camera", "platform:v4l2loopback-000", DeviceCapabilities.Capture),
        Node(2, "uvcvideo", "Integrated Camera", "usb-0000:00:14.0-8", DeviceCapabilities.Capture, "usb-Chicony_Integrated_Camera-video-index0"),
        Node(3, "uvcvideo", "Integrated Camera", "usb-0000:00:14.0-8", DeviceCapabilities.None),
        Node(4, "uvcvideo", "HD Pro Webcam C920", "usb-0000:00:14.0-1", DeviceCapabilities.Capture, "usb-046d_C920-video-index0"),
        Node(10, "vivid", "vivid", "platform:vivid-000", DeviceCapabilities.Output),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-nodes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", 2)] // not the loopback, although its number is lower
    [InlineData("4", 4)]
    [InlineData("video4", 4)]
    [InlineData("/dev/video10", 10)]
    [InlineData("HD Pro Webcam C920", 4)]
    [InlineData("c920", 4)]
    [InlineData("integrated camera", 2)] // the node that captures, not its sister with metadata
    [InlineData("usb-046d_C920-video-index0", 4)]
    [InlineData("platform:vivid-000", 10)]
    [InlineData("OBS", 0)]
    public void A_node_is_found_by(string text, int number) => Assert.Equal(number, VideoNodes.Find(s_nodes, text, path => path)?.Number);

    [Theory]
    [InlineData("no such camera")]
    [InlineData("/dev/video77")]
    [InlineData("77")]
    public void What_no_node_answers_to_is_not_found(string text) => Assert.Null(VideoNodes.Find(s_nodes, text, path => path));

    [Fact]
    public void A_link_leads_to_its_node() =>
        Assert.Equal(4, VideoNodes.Find(s_nodes, "/dev/v4l/by-id/x", path => path == "/dev/v4l/by-id/x" ? "/dev/video4" : path)?.Number);

    [Fact]
    public void With_loopbacks_only_the_first_of_them_is_found() =>
        Assert.Equal(0, VideoNodes.Find([s_nodes[0], s_nodes[4]], "", path => path)?.Number);

    [Fact]
    public void Nodes_are_listed_by_number_with_their_stable_ids_and_those_that_cannot_be_opened_left_out()
    {
        foreach (string name in new[] { "video10", "video2", "video0", "video", "videotape", "vbi0", "v4l-subdev0" }) File.WriteAllText(Path.Combine(_folder, name), "");
        string links = Directory.CreateDirectory(Path.Combine(_folder, "v4l/by-id")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "usb-046d_C920-video-index0"), "../../video2");
        List<string> opened = [];
        IReadOnlyList<VideoNode> nodes = VideoNodes.List(_folder, path =>
        {
            opened.Add(Path.GetFileName(path));
            if (path.EndsWith("video0", StringComparison.Ordinal)) throw VideoException.FromErrno(Errno.EACCES, "open", path);
            return new Renamed(new FakeCamera { Modes = [new VideoMode(FourCC.Pack("YUYV"), 64, 32, new FrameRate(30, 1))] }.Open(), path);
        });
        Assert.Equal(["video0", "video2", "video10"], opened);
        Assert.Equal([2, 10], nodes.Select(node => node.Number));
        Assert.Equal(["usb-046d_C920-video-index0", "usb-0000:00:14.0-1"], nodes.Select(node => node.StableId));
        Assert.All(nodes, node => Assert.True(node is { IsCapture: true, IsOutput: false, IsLoopback: false }));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_nodes() => Assert.Empty(VideoNodes.Paths(Path.Combine(_folder, "none")));

    [Fact]
    public void A_path_that_is_not_there_is_told()
    {
        VideoException refusal = Assert.Throws<VideoException>(() => VideoFile.Open(Path.Combine(_folder, "video9")));
        Assert.Equal(VideoFailure.NotFound, refusal.Failure);
        Assert.Contains("video9", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_device_is_told()
    {
        string path = Path.Combine(_folder, "video1");
        File.WriteAllText(path, "no device");
        using VideoFile file = VideoFile.Open(path);
        Assert.Equal(VideoFailure.Unsupported, Assert.Throws<VideoException>(() => VideoNode.Query(file)).Failure);
    }

    private static VideoNode Node(int number, string driver, string card, string bus, DeviceCapabilities capabilities, string? id = null) =>
        new($"/dev/video{number}", number, driver, card, bus, 0, capabilities, id ?? bus);

    private sealed unsafe class Renamed(IVideoFile file, string path) : IVideoFile
    {
        public string Path => path;

        public FileDescriptor? Descriptor => file.Descriptor;

        public int Ioctl(uint request, void* argument) => file.Ioctl(request, argument);

        public int Map(long offset, long length, out byte* address) => file.Map(offset, length, out address);

        public void Unmap(byte* address) => file.Unmap(address);

        public long Read(byte* buffer, long length) => file.Read(buffer, length);

        public long Write(byte* buffer, long length) => file.Write(buffer, length);

        public PollEvents Wait(PollEvents events, long deadline) => file.Wait(events, deadline);

        public void Dispose() => file.Dispose();
    }
}
