using Camfx.Cli;
using Camfx.Sources;
using Camfx.Sources.Camera;
using Camfx.Tests.Infrastructure;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Tests.Sources;

public sealed class ControlledCameraTests : IDisposable
{
    private readonly PlayedDevices _devices = new();
    private readonly TemporaryFolder _state = new();
    private readonly FakeControl _brightness = new(0x980900, "Brightness", VideoControlType.Integer, 0, 250, 10, 120);
    private readonly FakeControl _automatic = new(0x98090c, "White Balance, Automatic", VideoControlType.Boolean, 0, 1, 1, 1);
    private readonly FakeControl _temperature;
    private readonly FakeControl _frequency = new(0x980918, "Power Line Frequency", VideoControlType.Menu, 0, 2, 1, 1)
    {
        Choices = new Dictionary<int, string> { [0] = "Disabled", [2] = "60 Hz", [1] = "50 Hz" },
    };

    private readonly FakeControl _privacy = new(0x9a0910, "Privacy", VideoControlType.Boolean, 0, 1, 1, 0) { Flags = VideoControlFlags.ReadOnly };

    public ControlledCameraTests()
    {
        _temperature = new FakeControl(0x98091a, "White Balance Temperature", VideoControlType.Integer, 2800, 6500, 1, 4600) { Automatic = _automatic };
        _devices.Plug(
            new FakeCamera
            {
                Card = "Desk Camera",
                Controls = [_brightness, _automatic, _temperature, _frequency, _privacy],
                Modes = [new VideoMode(FakeQueueDevice.CodeOf(Frames.PixelFormat.Yuyv), 64, 48, new FrameRate(30, 1))],
            },
            "usb-Desk/Camera");
    }

    private ControlStore Store => new(() => _state.Path);

    public void Dispose()
    {
        _devices.Dispose();
        _state.Dispose();
    }

    [Fact]
    public void WhatIsSetIsSetAtOnceAndKept()
    {
        using (ControlledCamera camera = Open()) camera.Set(["brightness=200", "power_line_frequency=60 hz"]);
        Assert.Equal((200, 2), (_brightness.Value, _frequency.Value));
        using (ControlledCamera camera = Open()) camera.Set(["white_balance_automatic=off", "brightness=default"]);
        Assert.Equal((120, 0), (_brightness.Value, _automatic.Value));
        Assert.Equal(
            new Dictionary<string, long> { ["brightness"] = 120, ["power_line_frequency"] = 2, ["white_balance_automatic"] = 0 },
            Store.Load(_devices.List()[0]));
    }

    [Theory]
    [InlineData("brightness=205", ExitCode.Usage, "0 to 250 in steps of 10")]
    [InlineData("brightness=bright", ExitCode.Usage, "0 to 250 in steps of 10")]
    [InlineData("brightness", ExitCode.Usage, "brightness=120")]
    [InlineData("power_line_frequency=40 Hz", ExitCode.Usage, "1 (50 Hz)")]
    [InlineData("sparkle=1", ExitCode.NoSuchThing, "no control 'sparkle'")]
    [InlineData("privacy=1", ExitCode.Failed, "can only be read")]
    public void WhatCannotBeSetIsRefusedBeforeAnythingIs(string pair, object exitCode, string hint)
    {
        using ControlledCamera camera = Open();
        CamfxException refusal = Assert.Throws<CamfxException>(() => camera.Set(["white_balance_automatic=0", pair]));
        Assert.Equal((ExitCode)exitCode, refusal.ExitCode);
        Assert.Contains(hint, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, _automatic.Value);
        Assert.Empty(Store.Load(_devices.List()[0]));
    }

    [Fact]
    public void ResetSetsTheDefaultsAndForgets()
    {
        using ControlledCamera camera = Open();
        camera.Set(["white_balance_automatic=0", "white_balance_temperature=3000", "brightness=10"]);
        Assert.Equal(3000, _temperature.Value);
        camera.Reset();
        Assert.Equal((120, 1), (_brightness.Value, _automatic.Value));
        Assert.Empty(Store.Load(_devices.List()[0]));
    }

    [Fact]
    public void TheListShowsValuesRangesAndMenus()
    {
        using ControlledCamera camera = Open();
        string text = ControlList.Text(camera);
        Assert.Contains("Desk Camera (/dev/video0)", text, StringComparison.Ordinal);
        Assert.Matches(@"brightness +120  \[0 to 250 in steps of 10; default 120\]", text);
        Assert.Matches(@"power_line_frequency +1 \(50 Hz\)  \[0 \(Disabled\), 1 \(50 Hz\), 2 \(60 Hz\); default 1 \(50 Hz\)\]", text);
        Assert.Matches(@"white_balance_temperature .* without effect now", text);
        Assert.Matches(@"privacy +off .* read only", text);
        using var json = System.Text.Json.JsonDocument.Parse(ControlList.Json(camera));
        Assert.Equal(5, json.RootElement.GetProperty("controls").GetArrayLength());
        Assert.Equal("usb-Desk/Camera", json.RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public void ADamagedStoreIsNoStore()
    {
        VideoNode node = _devices.List()[0];
        Store.Save(node, new Dictionary<string, long> { ["brightness"] = 10 });
        string file = Assert.Single(Directory.GetFiles(_state.Path));
        Assert.EndsWith(".json", file, StringComparison.Ordinal);
        foreach (string text in new[] { "", "{", "[]", "null", "{\"controls\": 3}", "{\"controls\": {\"brightness\": \"much\"}}" })
        {
            File.WriteAllText(file, text);
            Assert.Empty(Store.Load(node));
        }

        Store.Save(node, new Dictionary<string, long> { ["brightness"] = 20 });
        Assert.Equal(20, Assert.Single(Store.Load(node)).Value);
    }

    private ControlledCamera Open() => ControlledCamera.Open(CaptureAddress.Parse(SourceUri.Parse("camera:Desk")), _devices, Store);
}
