using Camfx.Sources;
using Camfx.Sources.Camera;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Tests.Sources;

public sealed class NodeChoiceTests : IDisposable
{
    private readonly PlayedDevices _devices = new();

    public void Dispose() => _devices.Dispose();

    [Fact]
    public void ACameraInTheHandGoesBeforeTestDriversAndThoseThatSeeInTheDark()
    {
        Plug(0, "vivid", "vivid", "platform:vivid-000");
        Plug(1, "uvcvideo", "Laptop IR Camera", "usb-1");
        Plug(2, "uvcvideo", "Laptop Camera", "usb-2");
        Assert.Equal([2, 1, 0], Numbers(""));
    }

    [Fact]
    public void AmongEqualsTheNumberDecides()
    {
        Plug(5, "uvcvideo", "Desk Camera", "usb-5");
        Plug(4, "uvcvideo", "Laptop Camera", "usb-4");
        Assert.Equal([4, 5], Numbers(""));
    }

    [Fact]
    public void CamfxDoesNotShowItselfToItself()
    {
        _devices.IsFed = true;
        Plug(62, "v4l2 loopback", "camfx", "platform:v4l2loopback-062");
        Plug(63, "v4l2 loopback", "camfx 2", "platform:v4l2loopback-063");
        Plug(64, "v4l2 loopback", "camfxious", "platform:v4l2loopback-064");
        Assert.Equal([64], Numbers(""));
        Assert.Equal([64], CameraEntry.List(_devices).Select(entry => entry.Node.Number));
        using var camera = new PlayedCamera(_devices, "camera:/dev/video63");
        Assert.Contains("camfx's own", Assert.Throws<CamfxException>(camera.Source.Probe).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALoopbackIsACameraWhileSomebodyFeedsIt()
    {
        Plug(9, "v4l2 loopback", "OBS Virtual Camera", "platform:v4l2loopback-009");
        Assert.Empty(Numbers(""));
        Assert.Equal([9], Numbers("OBS"));
        _devices.IsFed = true;
        Plug(10, "uvcvideo", "Laptop Camera", "usb-4");
        Assert.Equal([10, 9], Numbers(""));
    }

    [Fact]
    public void AkvcamIsShownOnlyWhenItIsAskedFor()
    {
        Plug(3, "akvcam", "Virtual Camera", "platform:akvcam-3");
        Assert.Empty(Numbers(""));
        Assert.Equal([3], Numbers("Virtual Camera"));
    }

    [Theory]
    [InlineData("usb-Desk_Camera_1234-video-index0", 1)]
    [InlineData("usb-0000:00:14.0-3", 1)]
    [InlineData("desk camera", 1)]
    [InlineData("video1", 1)]
    [InlineData("/dev/video1", 1)]
    [InlineData("Desk", 1)]
    [InlineData("1234", 1)]
    [InlineData("Camera", 2)]
    [InlineData("Camera X", 2)]
    public void ACameraAnswersToItsIdItsPlaceItsNodeAndItsName(string name, int number)
    {
        Plug(1, "uvcvideo", "Desk Camera", "usb-0000:00:14.0-3", "usb-Desk_Camera_1234-video-index0");
        Plug(2, "uvcvideo", "Camera X", "usb-0000:00:14.0-4", "usb-Camera_X-video-index0");
        IReadOnlyList<int> found = Numbers(name);
        Assert.Contains(number, found);
        if (name != "Camera") Assert.Single(found);
    }

    [Fact]
    public void AnExactNameGoesBeforeAPartOfOne()
    {
        Plug(1, "uvcvideo", "Camera Pro", "usb-1");
        Plug(2, "uvcvideo", "Camera", "usb-2");
        Assert.Equal([2], Numbers("camera"));
    }

    [Fact]
    public void TheUriOfTwinsIsTheirNode()
    {
        Plug(1, "uvcvideo", "Twin", "usb-1", "usb-Twin");
        Plug(2, "uvcvideo", "Twin", "usb-2", "usb-Twin");
        Plug(3, "uvcvideo", "100% ready?", "usb-3", "usb-100%_ready?");
        Assert.Equal(["camera:/dev/video1", "camera:/dev/video2", "camera:usb-100%25_ready%3F"], CameraEntry.List(_devices).Select(entry => entry.Uri));
        Assert.Equal("usb-100%_ready?", CaptureAddress.Parse(SourceUri.Parse("camera:usb-100%25_ready%3F")).Name);
    }

    private void Plug(int number, string driver, string card, string bus, string? id = null) => _devices.Plug(
        new FakeCamera(number)
        {
            Driver = driver,
            Card = card,
            BusInfo = bus,
            Modes = [new VideoMode(FakeQueueDevice.CodeOf(Frames.PixelFormat.Yuyv), 640, 480, new FrameRate(30, 1))],
        },
        id);

    private IReadOnlyList<int> Numbers(string name) => [.. NodeChoice.Candidates(_devices, name).Select(node => node.Number)];
}
