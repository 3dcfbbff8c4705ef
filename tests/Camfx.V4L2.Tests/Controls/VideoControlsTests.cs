using Camfx.Frames;
using Camfx.V4L2.Fake;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.V4L2.Tests.Controls;

public class VideoControlsTests
{
    private readonly FakeControl _brightness = new(0x980900, "Brightness", VideoControlType.Integer, -64, 64, 1, 0);
    private readonly FakeControl _frequency = new(0x980918, "Power Line Frequency", VideoControlType.Menu, 0, 3, 1, 1)
    {
        Choices = new Dictionary<int, string> { [0] = "Disabled", [1] = "50 Hz", [3] = "Auto" },
    };

    private readonly FakeControl _automatic = new(0x98090c, "White Balance, Automatic", VideoControlType.Boolean, 0, 1, 1, 1);
    private readonly FakeControl _button = new(0x980a00, "Reset Pan", VideoControlType.Button, 0, 0, 0, 0) { Flags = VideoControlFlags.WriteOnly };
    private readonly FakeControl _bits = new(0x980b00, "Bits", VideoControlType.Bitmask, 0, 0x80000003, 0, 0);
    private readonly FakeControl _speeds = new(0x980b01, "Speeds", VideoControlType.IntegerMenu, 0, 1, 1, 0)
    {
        Choices = new Dictionary<int, string> { [0] = "1000000000000", [1] = "5" },
    };

    private readonly FakeControl _wide = new(0x980b02, "Wide", VideoControlType.Integer64, -5_000_000_000, 5_000_000_000, 1, 0);
    private readonly FakeControl _temperature;

    public VideoControlsTests() => _temperature = new(0x98091a, "White Balance Temperature", VideoControlType.Integer, 2800, 6500, 10, 4600)
    {
        Automatic = _automatic,
    };

    [Fact]
    public void Every_control_is_listed_with_its_range_and_choices()
    {
        using IVideoFile file = Open();
        IReadOnlyList<VideoControl> controls = new VideoControls(file).List();
        Assert.Equal(
            ["brightness", "white_balance_automatic", "power_line_frequency", "white_balance_temperature", "reset_pan", "bits", "speeds", "wide"],
            controls.Select(control => control.Key));
        Assert.Equal((-64, 64, 1, 0), (controls[0].Minimum, controls[0].Maximum, controls[0].Step, controls[0].Default));
        // A menu has holes.
        Assert.Equal([(0, "Disabled"), (1, "50 Hz"), (3, "Auto")], controls[2].Choices.Select(choice => (choice.Index, choice.Name)));
        Assert.Equal(["1000000000000", "5"], controls[6].Choices.Select(choice => choice.Name));
        Assert.Equal(VideoControlFlags.Inactive, controls[3].Flags);
        Assert.False(controls[4].IsSetting);
    }

    [Fact]
    public void A_value_is_set_read_and_reset()
    {
        using IVideoFile file = Open();
        var controls = new VideoControls(file);
        VideoControl brightness = Assert.IsType<VideoControl>(controls.Find("Brightness"));
        controls.Set(brightness, -10);
        Assert.Equal((-10, -10), (_brightness.Value, controls.Get(brightness)));
        controls.Reset(brightness);
        Assert.Equal(0, _brightness.Value);
    }

    [Fact]
    public void Wide_values_and_bits_keep_all_their_bits()
    {
        using IVideoFile file = Open();
        var controls = new VideoControls(file);
        VideoControl wide = controls.Find("wide")!, bits = controls.Find("bits")!;
        controls.Set(wide, -4_999_999_999);
        Assert.Equal(-4_999_999_999, controls.Get(wide));
        controls.Set(bits, 0x80000001);
        Assert.Equal(0x80000001, controls.Get(bits));
        Assert.Throws<ArgumentOutOfRangeException>(() => controls.Set(bits, 4));
    }

    [Theory]
    [InlineData("brightness", 65)]
    [InlineData("power_line_frequency", 2)]
    [InlineData("white_balance_temperature", 2805)]
    [InlineData("white_balance_automatic", 2)]
    public void A_value_that_is_none_of_the_control_s_is_refused_with_its_range(string key, long value)
    {
        using IVideoFile file = Open();
        var controls = new VideoControls(file);
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => controls.Set(controls.Find(key)!, value));
        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_that_cannot_be_set_now_says_why()
    {
        using IVideoFile file = Open();
        var controls = new VideoControls(file);
        Assert.Equal(
            VideoFailure.NotPermitted, Assert.Throws<VideoException>(() => controls.Set(controls.Find("white_balance_temperature")!, 2800)).Failure);
        _brightness.Flags = VideoControlFlags.Grabbed;
        Assert.Equal(VideoFailure.Busy, Assert.Throws<VideoException>(() => controls.Set(controls.Find("brightness")!, 1)).Failure);
    }

    [Fact]
    public void What_was_saved_is_there_again_whatever_the_order_controls_depend_on()
    {
        _automatic.Value = 0;
        _temperature.Value = 3000;
        _brightness.Value = 33;
        IReadOnlyDictionary<string, long> saved;
        using (IVideoFile file = Open()) saved = new VideoControls(file).Save();
        (_automatic.Value, _temperature.Value, _brightness.Value) = (1, 4600, 0);
        using (IVideoFile file = Open()) Assert.Empty(new VideoControls(file).Restore(saved));
        Assert.Equal((0, 3000, 33), (_automatic.Value, _temperature.Value, _brightness.Value));
    }

    [Fact]
    public void What_cannot_be_restored_is_named_and_the_rest_is_restored()
    {
        using IVideoFile file = Open();
        _automatic.Value = 1;
        IReadOnlyList<string> refused = new VideoControls(file).Restore(new Dictionary<string, long>
        {
            ["white_balance_temperature"] = 3000,
            ["gone"] = 1,
            ["brightness"] = 5,
        });
        Assert.Equal(["white_balance_temperature", "gone"], refused);
        Assert.Equal(5, _brightness.Value);
    }

    [Fact]
    public void Everything_goes_back_to_its_default()
    {
        (_automatic.Value, _temperature.Value, _brightness.Value) = (0, 3000, 9);
        using IVideoFile file = Open();
        new VideoControls(file).Reset();
        Assert.Equal((1, 0), (_automatic.Value, _brightness.Value));
    }

    [Fact]
    public void A_device_without_controls_has_none()
    {
        using IVideoFile file = new FakeOutput { Modes = [new VideoMode(FourCC.Pack("YUYV"), 64, 32, new FrameRate(30, 1))] }.Open();
        Assert.Empty(new VideoControls(file).List());
    }

    [Theory]
    [InlineData("Exposure Time, Absolute", "exposure_time_absolute")]
    [InlineData("HDMI 000-0 Is Connected To", "hdmi_000_0_is_connected_to")]
    [InlineData("  (x) ", "x")]
    public void Keys_are_those_of_v4l2_ctl(string name, string key) => Assert.Equal(key, VideoControls.KeyOf(name));

    [Fact]
    public void The_nearest_value_is_always_allowed() => Prop.ForAll(
        ArbMap.Default.ArbFor<(int Min, NonNegativeInt More, PositiveInt Step, long Value)>(), sample =>
        {
            var control = new VideoControl(
                1, "x", "X", VideoControlType.Integer, sample.Min, (long)sample.Min + sample.More.Get, sample.Step.Get, sample.Min,
                VideoControlFlags.None, []);
            return control.Allows(control.Nearest(sample.Value));
        }).QuickCheckThrowOnFailure();

    private IVideoFile Open() => new FakeCamera
    {
        Modes = [new VideoMode(FourCC.Pack("YUYV"), 64, 32, new FrameRate(30, 1))],
        Controls = [_brightness, _frequency, _automatic, _temperature, _button, _bits, _speeds, _wide],
    }.Open();
}
