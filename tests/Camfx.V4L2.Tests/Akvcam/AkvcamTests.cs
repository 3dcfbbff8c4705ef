using Camfx.Frames;
using Camfx.V4L2.Fake;

namespace Camfx.V4L2.Tests.Akvcam;

public sealed class AkvcamTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-akvcam-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_machine_without_it_has_none()
    {
        var system = new AkvcamSystem(_folder, Path.Combine(_folder, "none.ini"));
        Assert.False(system.IsLoaded);
        Assert.Empty(system.Outputs());
        Assert.Null(system.Configuration);
        Assert.Empty(system.Listeners(7));
    }

    [Fact]
    public void Its_outputs_and_listeners_are_read_from_sysfs()
    {
        var device = new FakeAkvcam(_folder, 7, 8) { Modes = [new VideoMode(FourCC.Pack("YUYV"), 64, 32, new FrameRate(30, 1))] };
        var system = new AkvcamSystem(_folder);
        Assert.True(system.IsLoaded);
        AkvcamNode node = Assert.Single(system.Outputs());
        Assert.Equal(("/dev/video7", "camfx (input)"), (node.Path, node.Name));
        Assert.Equal(["/dev/video8"], node.Captures);
        Assert.Empty(system.Listeners(7));
        device.SetListening(true);
        Assert.Equal(["/dev/video8"], system.Listeners(7));
        device.SetListening(false);
        Assert.Empty(system.Listeners(7));
    }

    [Fact]
    public void Frames_go_in_without_a_copy()
    {
        var device = new FakeAkvcam(_folder) { Modes = [new VideoMode(FourCC.Pack("YUYV"), 64, 32, new FrameRate(30, 1))] };
        using VideoOutput output = VideoOutput.Open(device.Open(), new OutputMode(64, 32, PixelFormat.Yuyv, new FrameRate(30, 1)));
        Assert.True(output.Node.IsAkvcam);
        using var memory = new SharedMemory(4, 64 * 32 * 2);
        Assert.True(output.UseSlots(memory.Output(), FrameLayout.Packed(PixelFormat.Yuyv, 64, 32)));
        Assert.Equal(MemoryType.Dmabuf, output.Memory);
    }

    [Fact]
    public void The_text_for_a_camera_says_what_was_wanted()
    {
        string text = AkvcamConfiguration.TextFor("camfx studio", new AkvcamFormat(PixelFormat.Yuyv, 1280, 720, new FrameRate(30, 1)));
        AkvcamConfiguration read = AkvcamConfiguration.Parse(text);
        AkvcamCamera[] cameras = [.. read.Cameras];
        Assert.Equal([true, false], cameras.Select(camera => camera.IsOutput));
        Assert.Equal("camfx studio", cameras[1].Description);
        Assert.All(cameras, camera => Assert.Equal([new AkvcamFormat(PixelFormat.Yuyv, 1280, 720, new FrameRate(30, 1))], camera.Formats));
        Assert.Equal([MemoryType.Mmap, MemoryType.Userptr, MemoryType.ReadWrite, MemoryType.Dmabuf], cameras[0].Modes);
        (int output, var captures) = Assert.Single(read.Connections);
        Assert.Equal((1, 2), (output, Assert.Single(captures)));
    }

    [Fact]
    public void A_configuration_in_another_order_is_read()
    {
        AkvcamConfiguration read = AkvcamConfiguration.Parse(
            """
            # a comment
            [Connections]
            connections/size = 1
            connections/1/connection = 2:1:3
            [Formats]
            formats/2/format = RGB24, YUY2
            formats/2/width = 640
            formats/2/height = 480
            formats/2/fps = 20/1, 15/2
            formats/7/format = RGB16
            formats/7/width = 1
            formats/7/height = 1
            formats/7/fps = 1
            [Cameras]
            cameras/2/type = output
            cameras/2/mode = mmap, rw
            cameras/2/formats = 2
            cameras/2/videonr = 7
            cameras/1/type = capture
            cameras/1/description = "Virtual Camera"
            cameras/1/formats = 7, 2
            """);
        Assert.Equal([2, 1, 3], read.Connections.SelectMany(one => one.Captures.Prepend(one.Output)));
        AkvcamCamera output = read.Cameras.Single(camera => camera.IsOutput);
        Assert.Equal((7, 4), (output.Number, output.Formats.Count));
        Assert.Contains(new AkvcamFormat(PixelFormat.Yuyv, 640, 480, new FrameRate(15, 2)), output.Formats);
        AkvcamCamera capture = read.Cameras.Single(camera => !camera.IsOutput);
        Assert.Equal(("Virtual Camera", -1, 5), (capture.Description, capture.Number, capture.Formats.Count));
        Assert.Equal(PixelFormat.Unknown, capture.Formats[0].Format);
    }

    [Theory]
    [InlineData("")]
    [InlineData("= = =\n[[[\ncameras/x/type\ncameras/-1/type = output\nconnections/1/connection = :::")]
    public void Nonsense_is_an_empty_configuration(string text)
    {
        AkvcamConfiguration read = AkvcamConfiguration.Parse(text);
        Assert.Empty(read.Cameras);
        Assert.Empty(read.Connections);
    }

    [Fact]
    public void A_format_it_does_not_have_and_a_name_of_two_lines_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AkvcamConfiguration.TextFor("x", new AkvcamFormat(PixelFormat.Bgra, 64, 64, new FrameRate(30, 1))));
        Assert.Throws<ArgumentException>(() => AkvcamConfiguration.TextFor("a\nb", new AkvcamFormat(PixelFormat.Yuyv, 64, 64, new FrameRate(30, 1))));
    }
}
