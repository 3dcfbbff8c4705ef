using Camfx.V4L2.Fake;

namespace Camfx.V4L2.Tests.Loopback;

public class LoopbackControlTests
{
    private static readonly LoopbackConfig s_config = new("camfx", 63, 1280, 720);

    [Theory]
    [InlineData("0.13.1")]
    [InlineData("0.14.0")]
    [InlineData("0.15.0")]
    [InlineData("0.15.4")]
    public void A_device_is_made_described_and_removed(string version)
    {
        FakeLoopbackModule module = Module(version);
        using var control = LoopbackControl.Open(module.OpenControl());
        Assert.Equal(63, control.Add(s_config));
        Assert.Equal(s_config, control.Query(63));
        Assert.Null(control.Query(62));
        Assert.True(control.Remove(63));
        Assert.Null(control.Query(63));
    }

    [Theory]
    [InlineData("0.14.0", null)]
    [InlineData("0.15.3", "0.15.3")]
    public void The_version_is_told_where_the_module_can(string version, string? told)
    {
        using var control = LoopbackControl.Open(Module(version).OpenControl());
        Assert.Equal(told, control.Version?.ToString());
    }

    [Fact]
    public void Before_0_13_there_is_no_control_node() =>
        Assert.Equal(VideoFailure.NotFound, Assert.Throws<VideoException>(() => Module("0.12.7").OpenControl()).Failure);

    [Fact]
    public void A_taken_number_is_told()
    {
        using var control = LoopbackControl.Open(Module("0.15.0").OpenControl());
        control.Add(s_config);
        VideoException refusal = Assert.Throws<VideoException>(() => control.Add(s_config));
        Assert.Equal(VideoFailure.Busy, refusal.Failure);
        Assert.Contains("/dev/video63", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_open_stays()
    {
        FakeLoopbackModule module = Module("0.15.0");
        using var control = LoopbackControl.Open(module.OpenControl());
        control.Add(s_config);
        using (IVideoFile reader = module.Devices[63].Open()) Assert.False(control.Remove(63));
        Assert.True(control.Remove(63));
    }

    [Fact]
    public void Removing_what_is_not_there_is_told()
    {
        using var control = LoopbackControl.Open(Module("0.15.0").OpenControl());
        Assert.Equal(VideoFailure.NotFound, Assert.Throws<VideoException>(() => control.Remove(5)).Failure);
    }

    [Fact]
    public void Any_number_may_be_asked_for()
    {
        using var control = LoopbackControl.Open(Module("0.15.0").OpenControl());
        int first = control.Add(s_config with { Number = -1 }), second = control.Add(s_config with { Number = -1 });
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a label that has more than 31 bytes")]
    [InlineData("ääääääääääääääää")]
    [InlineData("tab\there")]
    [InlineData("100%s")]
    public void A_label_that_the_kernel_would_cut_or_misread_is_refused(string label)
    {
        using var control = LoopbackControl.Open(Module("0.15.0").OpenControl());
        Assert.Throws<ArgumentException>(() => control.Add(s_config with { Label = label }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    public void More_buffers_than_the_driver_has_room_for_are_refused(int buffers)
    {
        using var control = LoopbackControl.Open(Module("0.15.0").OpenControl());
        Assert.Throws<ArgumentOutOfRangeException>(() => control.Add(s_config with { MaxBuffers = buffers }));
    }

    private static FakeLoopbackModule Module(string version)
    {
        Assert.True(LoopbackVersion.TryParse(version, out LoopbackVersion parsed));
        return new FakeLoopbackModule(parsed);
    }
}
