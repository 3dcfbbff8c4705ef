using Camfx.Doctor;
using Camfx.Doctor.Checks;
using Camfx.Frames;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Tests.Doctor;

public sealed class DeviceChecksTests
{
    private static readonly VideoMode s_mode = new(FourCC.Pack("YUYV"), 640, 480, new FrameRate(30, 1));

    private readonly PlayedMachine _machine = new();

    [Fact]
    public void NodesThatAreClosedToTheUserAreNamed()
    {
        Assert.Empty(_machine.Look(new NodePermissionCheck()));
        Found.One(Severity.Ok, "/dev/video0", _machine.WithNode(Camera()).Look(new NodePermissionCheck()));
        Found.One(Severity.Warning, "may not open /dev/video1, /dev/video2;",
            _machine.WithNode(new FakeClosedDevice("/dev/video1")).WithNode(new FakeClosedDevice("/dev/video2")).Look(new NodePermissionCheck()),
            "adduser $USER video");
    }

    [Fact]
    public void AMemberSinceLoginLogsInAgain()
    {
        _machine.WithNode(new FakeClosedDevice("/dev/video1")).WithVariable("USER", "ann").With("/etc/group",
            "audio:x:29:ann\nvideo:x:44:bob,ann\n").With("/proc/self/status", "Name:\tx\nGroups:\t29 1000 \n");
        Found.One(Severity.Warning, "log out and in", _machine.Look(new NodePermissionCheck()));
        Found.One(Severity.Warning, "join the group", _machine.With("/proc/self/status", "Groups:\t29 44 1000 \n").Look(new NodePermissionCheck()));
        Found.One(Severity.Warning, "join the group",
            _machine.With("/etc/group", "video:x:44:bob\n").With("/proc/self/status", "Groups:\t29 \n").Look(new NodePermissionCheck()));
    }

    [Fact]
    public void ACameraIsThereAndFreeOrInUse()
    {
        Found.One(Severity.Warning, "No camera", _machine.Look(new CameraCheck()));
        Found.One(Severity.Ok, "'Fake Camera' (/dev/video0)", _machine.WithNode(Camera()).Look(new CameraCheck()));
        Found.One(Severity.Ok, "is free", _machine.WithHolder("/dev/video0", "scanner", streams: false).WithHolder("/dev/video0", "camfx").Look(new CameraCheck()));
        Found.One(Severity.Warning, "in use by 'zoom' (process 77)", _machine.WithHolder("/dev/video0", "zoom").Look(new CameraCheck()), "kill 77");
    }

    [Fact]
    public void ABareSensorNeedsLibcamera() =>
        Found.One(Severity.Warning, "libcamera", _machine.WithNode(Camera("Intel IPU6 ISYS Capture 0")).Look(new CameraCheck()));

    [Fact]
    public void OurOwnDeviceIsNoCamera() => Found.One(Severity.Warning, "No camera", _machine.WithNode(Camera("camfx")).Look(new CameraCheck()));

    [Fact]
    public void ADeviceThatIsWrittenToIsListed()
    {
        FakeLoopback device = Loopback(63, 640, 480);
        using VideoOutput writer = Write(device);
        _machine.WithNode(device);
        Found.One(Severity.Ok, "Chromium lists /dev/video63", _machine.Look(new ChromiumDeviceCheck()));
        Found.One(Severity.Ok, "Firefox lists /dev/video63", _machine.Look(new WebRtcDeviceCheck()));
    }

    [Fact]
    public void ADeviceWithoutAWriterIsNot()
    {
        _machine.WithNode(Loopback(63, 640, 480));
        Found.One(Severity.Problem, "does not say VIDEO_CAPTURE", _machine.Look(new ChromiumDeviceCheck()), "restart camfx-helper.service");
        Found.One(Severity.Problem, "does not say VIDEO_CAPTURE", _machine.Look(new WebRtcDeviceCheck()));
    }

    [Fact]
    public void ADeviceWithoutExclusiveCapsIsNotForChromium()
    {
        FakeLoopback device = new(new LoopbackVersion(0, 15, 3), new LoopbackConfig("camfx", 63, 640, 480, ExclusiveCaps: false));
        Found.One(Severity.Problem, "VIDEO_OUTPUT beside VIDEO_CAPTURE", _machine.WithNode(device).Look(new ChromiumDeviceCheck()));
    }

    [Fact]
    public void AFormatThatNobodyReadsIsNamed()
    {
        FakeCamera device = new(63) { Card = "camfx", Modes = [s_mode with { Code = FourCC.Pack("GREY") }] };
        Found.One(Severity.Problem, "it offers GREY", _machine.WithNode(device).Look(new ChromiumDeviceCheck()));
        Found.One(Severity.Problem, "none of the formats", _machine.Look(new WebRtcDeviceCheck()));
    }

    [Fact]
    public void ASizeThatFirefoxDoesNotTryIsNamed()
    {
        FakeCamera device = new(63) { Card = "camfx desk", Modes = [s_mode with { Width = 854 }] };
        Found.One(Severity.Problem, "854x480", _machine.WithNode(device).Look(new WebRtcDeviceCheck()), "camfx device set /dev/video63");
        Found.One(Severity.Ok, "Chromium lists", _machine.Look(new ChromiumDeviceCheck()));
    }

    [Fact]
    public void ANumberThatFirefoxDoesNotReachIsNamed() =>
        Found.One(Severity.Problem, "beyond 63", _machine.WithNode(new FakeCamera(64) { Card = "camfx", Modes = [s_mode] }).Look(new WebRtcDeviceCheck()), "number=63");

    [Fact]
    public void OtherPeoplesNodesAreNotJudged()
    {
        _machine.WithNode(new FakeCamera(64) { Card = "OBS Virtual Camera", Modes = [s_mode] }).WithNode(new FakeCamera(65) { Card = "camfxious", Modes = [] });
        Assert.Empty(_machine.Look(new ChromiumDeviceCheck()));
        Assert.Empty(_machine.Look(new WebRtcDeviceCheck()));
    }

    [Fact]
    public void AnAppThatHasTheOnlyReadersPlaceIsNamed()
    {
        FakeLoopback device = Loopback(63, 640, 480);
        _machine.WithNode(device);
        Assert.Empty(_machine.Look(new DeviceReadersCheck()));
        _machine.With("/sys/module/v4l2loopback/version", "0.15.3");
        Found.One(Severity.Ok, "is free", _machine.WithHolder("/dev/video63", "camfx-helper").Look(new DeviceReadersCheck()));
        Found.One(Severity.Warning, "'firefox' (process 77)", _machine.WithHolder("/dev/video63", "firefox").Look(new DeviceReadersCheck()), "readers=2");
        Assert.Empty(_machine.With("/sys/module/v4l2loopback/version", "0.13.2").Look(new DeviceReadersCheck()));
    }

    [Fact]
    public void ADeviceWithAPlaceLeftIsFreeAndOneMorePlaceIsTheRemedyWhenBothAreTaken()
    {
        _machine.WithNode(Loopback(63, 640, 480)).WithNode(Loopback(64, 640, 480, "camfx 2")).With("/sys/module/v4l2loopback/version", "0.15.3");
        Found.One(Severity.Ok, "is free", _machine.WithHolder("/dev/video63", "firefox").Look(new DeviceReadersCheck()));
        Found.One(Severity.Warning, "/dev/video63 is in use by", _machine.WithHolder("/dev/video64", "cheese").Look(new DeviceReadersCheck()), "readers=3");
    }

    private static FakeCamera Camera(string card = "Fake Camera") => new() { Card = card, Modes = [s_mode] };

    private static FakeLoopback Loopback(int number, int width, int height, string card = "camfx") =>
        new(new LoopbackVersion(0, 15, 3), new LoopbackConfig(card, number, width, height));

    private static VideoOutput Write(FakeLoopback device)
    {
        var output = VideoOutput.Open(device.Open(), new OutputMode(640, 480, PixelFormat.Yuyv, new FrameRate(30, 1)));
        using FrameBuffer picture = new(FrameLayout.Packed(PixelFormat.Yuyv, 640, 480), ColorMatrix.Bt709, ColorRange.Limited);
        Assert.True(output.Write(picture.View, 0));
        return output;
    }
}
