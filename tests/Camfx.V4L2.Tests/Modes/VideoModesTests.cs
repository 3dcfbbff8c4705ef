using Camfx.Frames;
using Camfx.V4L2.Fake;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.V4L2.Tests.Modes;

public class VideoModesTests
{
    private static readonly string[] s_codes = ["YUYV", "UYVY", "NV12", "YU12", "MJPG", "H264", "GREY", "RGB3", "BA81"];

    [Theory]
    // Raw wins where its rate holds …
    [InlineData("YUYV 640x480 30, MJPG 640x480 30, H264 640x480 30", 640, 480, 30, "YUYV 640x480 30")]
    [InlineData("MJPG 1280x720 30, H264 1280x720 30", 1280, 720, 30, "MJPG 1280x720 30")]
    [InlineData("H264 1280x720 30, GREY 1280x720 30", 1280, 720, 30, "GREY 1280x720 30")]
    // … and MJPEG where it does not.
    [InlineData("YUYV 1280x720 10, MJPG 1280x720 30", 1280, 720, 30, "MJPG 1280x720 30")]
    [InlineData("YUYV 1920x1080 5, MJPG 1920x1080 15", 1920, 1080, 30, "MJPG 1920x1080 15")]
    // 29.97 is 30.
    [InlineData("YUYV 640x480 29.97, MJPG 640x480 30", 640, 480, 30, "YUYV 640x480 29.97")]
    // A little too large before too small.
    [InlineData("YUYV 640x480 30, YUYV 1280x960 30", 1280, 720, 30, "YUYV 1280x960 30")]
    [InlineData("YUYV 1280x720 30, YUYV 1920x1080 30", 1280, 720, 30, "YUYV 1280x720 30")]
    // One that moves before one that is large.
    [InlineData("YUYV 1920x1080 5, YUYV 640x480 30", 1920, 1080, 30, "YUYV 640x480 30")]
    // No faster than wanted, where there is a choice.
    [InlineData("YUYV 640x480 60, YUYV 640x480 30", 640, 480, 30, "YUYV 640x480 30")]
    // Colour before none.
    [InlineData("GREY 640x480 30, RGB3 640x480 30", 640, 480, 30, "RGB3 640x480 30")]
    // What camfx cannot read is passed over.
    [InlineData("BA81 640x480 30, MJPG 320x240 30", 640, 480, 30, "MJPG 320x240 30")]
    public void The_best_mode_is(string modes, int width, int height, double rate, string expected)
    {
        VideoMode best = Assert.NotNull(List([.. modes.Split(", ").Select(Parse)]).Best(width, height, rate));
        Assert.Equal(Parse(expected), best);
    }

    [Fact]
    public void A_device_without_a_readable_format_has_no_best_mode() => Assert.Null(List([Parse("BA81 640x480 30")]).Best(640, 480, 30));

    [Fact]
    public void The_best_mode_is_one_of_the_device_s_own() => ForAll((modes, width, height, rate) =>
        List(modes).Best(width, height, rate) is not { } best || modes.Contains(best));

    [Fact]
    public void There_is_a_best_mode_where_any_can_be_read() => ForAll((modes, width, height, rate) =>
        modes.Any(mode => mode.Format != PixelFormat.Unknown || mode.IsH264) == List(modes).Best(width, height, rate) is not null);

    [Fact]
    public void A_raw_mode_that_fits_wins() => ForAll((modes, width, height, rate) =>
    {
        var wanted = new VideoMode(FourCC.Pack("YUYV"), width, height, new FrameRate(rate, 1));
        VideoMode best = List([.. modes, wanted]).Best(width, height, rate)!.Value;
        return best.IsRaw && (best.Width, best.Height) == (width, height) && best.Rate.PerSecond >= rate * 0.95;
    });

    [Fact]
    public void The_order_of_the_list_does_not_matter_where_modes_differ() => ForAll((modes, width, height, rate) =>
        List(modes).Best(width, height, rate)?.Code == List([.. modes.AsEnumerable().Reverse()]).Best(width, height, rate)?.Code);

    [Theory]
    [InlineData(100, 320)]
    [InlineData(320, 320)]
    [InlineData(321, 336)]
    [InlineData(640, 640)]
    [InlineData(645, 656)]
    [InlineData(5000, 1920)]
    public void A_size_within_bounds_is_rounded_up_to_a_step(int wanted, int expected)
    {
        var range = new ModeRange(FourCC.Pack("YUYV"), "", 320, 1920, 16, 240, 1080, 2, [new FrameRate(30, 1)]);
        Assert.Equal(expected, range.Nearest(wanted, 480, 30).Width);
    }

    [Fact]
    public void Within_bounds_every_answer_can_be_had() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt Min, NonNegativeInt More, PositiveInt Step, PositiveInt Wanted)>(), sample =>
        {
            int min = sample.Min.Get, max = min + sample.More.Get, step = sample.Step.Get;
            int width = new ModeRange(0, "", min, max, step, 1, 1, 1, []).Nearest(sample.Wanted.Get * 3, 1, 30).Width;
            return width >= min && width <= max && (width - min) % step == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rate_within_bounds_is_had_exactly()
    {
        var range = new ModeRange(FourCC.Pack("YUYV"), "", 2, 8192, 1, 1, 8192, 1, [new FrameRate(1000, 1), new FrameRate(1, 1)], AnyRate: true);
        VideoMode mode = range.Nearest(1280, 720, 30);
        Assert.Equal((1280, 720, 30.0), (mode.Width, mode.Height, mode.Rate.PerSecond));
    }

    [Fact]
    public void A_loopback_nobody_writes_to_lists_bounds_and_one_of_a_fixed_size_lists_that()
    {
        Assert.True(LoopbackVersion.TryParse("0.15.0", out LoopbackVersion version));
        using IVideoFile free = new FakeLoopback(version, new LoopbackConfig("x", 1)).Open();
        Assert.All(VideoModes.List(free, output: true).Ranges, range => Assert.True(range is { IsDiscrete: false, AnyRate: true }));
        using IVideoFile pinned = new FakeLoopback(version, new LoopbackConfig("x", 1, 1280, 720)).Open();
        IReadOnlyList<ModeRange> ranges = VideoModes.List(pinned, output: true).Ranges;
        Assert.Contains(ranges, range => range.Code == FourCC.Pack("YUYV"));
        Assert.All(ranges, range => Assert.Equal((true, 1280, 720), (range.IsDiscrete, range.MinWidth, range.MinHeight)));
    }

    [Fact]
    public void A_device_gone_while_it_is_asked_ends_clearly()
    {
        var camera = new FakeCamera { Modes = [Parse("YUYV 640x480 30")] };
        using IVideoFile file = camera.Open();
        camera.Refuse(FakeRequest.EnumerateSizes, Posix.Errno.ENODEV);
        Assert.Equal(VideoFailure.Gone, Assert.Throws<VideoException>(() => VideoModes.List(file)).Failure);
    }

    private static VideoModes List(VideoMode[] modes)
    {
        using IVideoFile file = new FakeCamera { Modes = modes.Length > 0 ? modes : [Parse("BA81 8x8 1")] }.Open();
        return VideoModes.List(file);
    }

    private static VideoMode Parse(string text)
    {
        string[] parts = text.Split(' '), size = parts[1].Split('x');
        double rate = double.Parse(parts[2]);
        FrameRate exact = rate == 29.97 ? new FrameRate(30000, 1001) : new FrameRate((int)rate, 1);
        return new VideoMode(FourCC.Pack(parts[0]), int.Parse(size[0]), int.Parse(size[1]), exact);
    }

    private static void ForAll(Func<VideoMode[], int, int, int, bool> holds)
    {
        Gen<VideoMode> mode =
            from code in Gen.Elements(s_codes)
            from width in Gen.Elements(320, 640, 1280, 1920)
            from rate in Gen.Elements(5, 10, 15, 24, 30, 60)
            select new VideoMode(FourCC.Pack(code), width, width * 9 / 16, new FrameRate(rate, 1));
        var sample =
            from modes in Gen.ListOf(mode)
            from width in Gen.Choose(100, 2500)
            from height in Gen.Choose(100, 1500)
            from rate in Gen.Choose(1, 60)
            select (Modes: modes.Distinct().ToArray(), width, height, rate);
        Prop.ForAll(sample.ToArbitrary(), one => holds(one.Modes, one.width, one.height, one.rate)).QuickCheckThrowOnFailure();
    }
}
