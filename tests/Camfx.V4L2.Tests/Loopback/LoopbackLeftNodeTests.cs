using Camfx.Frames;
using Camfx.V4L2.Fake;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Tests.Loopback;

/// <summary>A node that somebody else's program has written to, as ffmpeg does: without STREAMON.</summary>
public class LoopbackLeftNodeTests
{
    private const int Width = 64;
    private const int Height = 48;

    private static readonly OutputMode s_mode = new(Width, Height, PixelFormat.Yuyv, new FrameRate(30, 1));

    [Theory]
    [InlineData("0.12.7", true)]
    [InlineData("0.13.2", true)]
    [InlineData("0.14.0", false)]
    [InlineData("0.15.4", false)]
    public unsafe void It_can_be_written_again_when_that_has_ended(string version, bool isLost)
    {
        FakeLoopback device = Device(version);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        using (IVideoFile program = device.Open())
        {
            v4l2_format format = FormatRequests.Wish(V4L2_BUF_TYPE_VIDEO_OUTPUT, FourCC.Pack("YUYV"), Width, Height);
            Assert.Equal(0, FormatRequests.Set(program, ref format));
            Assert.Equal(picture.Bytes.Length, program.Write(picture.View.Plane(0), picture.Bytes.Length));
            using IVideoFile second = device.Open();
            Assert.False(AbandonedLoopback.Revive(second), "it has a writer");
            Assert.Equal(VideoFailure.Busy, Assert.Throws<VideoException>(() => VideoOutput.Open(second, s_mode)).Failure);
        }

        using (IVideoFile file = device.Open())
        {
            Assert.Equal(isLost, AbandonedLoopback.Revive(file));
            if (isLost) Assert.Throws<VideoException>(() => VideoOutput.Open(file, s_mode));
        }

        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        Assert.True(output.Write(picture.View, 0));
    }

    [Theory]
    [InlineData("0.12.7")]
    [InlineData("0.15.4")]
    public void One_that_nobody_wrote_to_is_left_alone(string version)
    {
        FakeLoopback device = Device(version);
        using IVideoFile file = device.Open();
        Assert.False(AbandonedLoopback.Revive(file));
    }

    private static FakeLoopback Device(string version)
    {
        Assert.True(LoopbackVersion.TryParse(version, out LoopbackVersion loaded));
        return new FakeLoopback(loaded, new LoopbackConfig("camfx", 9, Width, Height));
    }
}
