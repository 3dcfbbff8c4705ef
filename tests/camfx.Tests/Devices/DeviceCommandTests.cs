using System.Text.Json;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Devices;

/// <summary>The built camfx and the built camfx-helper together: what users type, and what lives through a kill.</summary>
public sealed class DeviceCommandTests : IDisposable
{
    private readonly RunningDeviceService _helper = new();

    public void Dispose() => _helper.Dispose();

    [SkippableFact]
    public async Task DevicesAreMadeListedChangedAndRemoved()
    {
        _helper.Start();
        Assert.Equal((0, "There are no devices; 'camfx device add' makes one.\n"), Outcome(await _helper.RunAsync("device", "list")));
        Assert.Equal((0, "camfx two\n"), Outcome(await _helper.RunAsync("device", "add", "camfx two", "backend=none", "size=320x240", "fps=15")));
        Assert.Equal((320, 240, 15.0, "YUYV", "none"), Describe((await List())[0]));

        Assert.Equal(0, (await _helper.RunAsync("device", "set", "camfx two", "format=NV12", "width=640")).ExitCode);
        Assert.Equal((640, 240, 15.0, "NV12", "none"), Describe((await List())[0]));
        BuiltCamfx.Result table = await _helper.RunAsync("device", "list");
        Assert.Contains("NV12", table.Output, StringComparison.Ordinal);
        Assert.Equal(table.Output.Split('\n')[0].IndexOf("SIZE", StringComparison.Ordinal), table.Output.Split('\n')[1].IndexOf("640x240", StringComparison.Ordinal));

        Assert.Equal(0, (await _helper.RunAsync("device", "remove", "camfx two")).ExitCode);
        Assert.Empty(await List());
    }

    [SkippableFact]
    public async Task WhatTheHelperRefusesHasItsExitCode()
    {
        Refused(3, "camfx-helper is not there", await _helper.RunAsync("device", "list"));
        Refused(3, "camfx-helper is not there", await _helper.RunAsync("run", "--output", "device"));
        _helper.Start();
        Refused(5, "no device 'camfx'", await _helper.RunAsync("device", "remove", "camfx"));
        Refused(2, "is unknown", await _helper.RunAsync("device", "add", "backend=magic"));
        Assert.Equal(0, (await _helper.RunAsync("device", "add", "backend=none", "size=320x240")).ExitCode);
        Refused(1, "--size 320x240", await _helper.RunAsync("run", "--output", "device"));
        _helper.Allows = false;
        Refused(4, "You may not make", await _helper.RunAsync("device", "add", "another", "backend=none"));
        Refused(4, "You may not make", await _helper.RunAsync("run", "--output", "device:another"));
        Refused(4, "You may not remove", await _helper.RunAsync("device", "remove", "camfx"));
    }

    [SkippableFact]
    public async Task AutoNeverFailsForWantOfADevice()
    {
        Assert.Equal(0, (await _helper.RunAsync("run", "--output", "auto", "--source", "test:bars", "--duration", "0.2")).ExitCode);
        _helper.Allows = false;
        _helper.Start();
        Assert.Equal(0, (await _helper.RunAsync("run", "--output", "auto", "--source", "test:bars", "--duration", "0.2")).ExitCode);
    }

    [SkippableFact]
    public async Task TheCameraIsOnItsDeviceAndStaysThroughAKillOfTheHelper()
    {
        _helper.Start();
        Assert.Equal(0, (await _helper.RunAsync("device", "add", "backend=none", "size=320x240")).ExitCode);
        using RunningCamera camera = new(
            ["--source", "test:counter", "--size", "320x240", "--output", "device"], new() { ["DBUS_SYSTEM_BUS_ADDRESS"] = _helper.Address });
        await camera.WaitForAsync(line => Output(line).GetProperty("state").GetString() == "streaming", "streaming");
        await WaitForFramesAsync(10);
        Refused(1, "Another program", await _helper.RunAsync("run", "--size", "320x240", "--output", "device"));

        _helper.Kill();
        _helper.Start();
        await WaitForFramesAsync(10);
        JsonElement after = await camera.WaitForAsync(line => Output(line).GetProperty("problem").ValueKind == JsonValueKind.Null, "no problem");

        Assert.Equal(1, after.GetProperty("source_opened").GetInt64());
        await camera.EndAsync("TERM");
        Assert.Equal("placeholder", (await List())[0].GetProperty("state").GetString());
    }

    private async Task WaitForFramesAsync(ulong count)
    {
        long begin = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(30))
        {
            JsonElement[] devices = await List();
            if (devices.Length == 1 && devices[0].GetProperty("statistics").GetProperty("frames").GetUInt64() >= count) return;
        }

        Assert.Fail($"The device did not show {count} frames.");
    }

    private async Task<JsonElement[]> List()
    {
        BuiltCamfx.Result result = await _helper.RunAsync("device", "list", "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return [.. document.RootElement.EnumerateArray().Select(static device => device.Clone())];
    }

    private static (int, int, double, string?, string?) Describe(JsonElement device) => (
        device.GetProperty("width").GetInt32(), device.GetProperty("height").GetInt32(), device.GetProperty("fps").GetDouble(),
        device.GetProperty("format").GetString(), device.GetProperty("backend").GetString());

    private static JsonElement Output(JsonElement line) => line.GetProperty("outputs")[0];

    private static (int, string) Outcome(BuiltCamfx.Result result) => (result.ExitCode, result.Output);

    private static void Refused(int exitCode, string hint, BuiltCamfx.Result result)
    {
        Assert.True(exitCode == result.ExitCode, $"{result.ExitCode} instead of {exitCode}: {result.Errors}");
        Assert.Contains(hint, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }
}
