using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Camfx.Tests.Effects.Plugin;

/// <summary>The built camera with a real program as its plug-in: one that works, one that is late, and how each ends.</summary>
public class PluginProcessTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [SkippableFact]
    public async Task AWorkingPluginsPicturesAreShownInTheirTurn()
    {
        using PluginCamera camera = await new PluginCamera("mark").WatchAsync();
        JsonElement plugin = camera.SeeUntil(plugin => plugin.GetProperty("shown").GetInt64() >= 60, "60 pictures shown");
        Assert.Equal("running", plugin.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, plugin.GetProperty("problem").ValueKind);
        Assert.True(camera.Marked > 30, $"{camera.Marked} frames have the mark, {camera.Unmarked} have not");
        Assert.True(plugin.GetProperty("latency_p50_ms").GetDouble() > 0);
        Assert.True(plugin.GetProperty("cpu_ms_per_picture").GetDouble() > 0);
        Assert.NotEmpty(plugin.GetProperty("limits").GetString()!);
        Assert.Equal(0, camera.Camera.Last.GetProperty("unpublished").GetInt64());
    }

    [SkippableFact]
    public async Task ALatePluginIsByPassedAndEveryFrameIsTheCamerasOwn()
    {
        using PluginCamera camera = await new PluginCamera("late").WatchAsync();
        JsonElement plugin = camera.SeeUntil(plugin => plugin.GetProperty("pictures").GetInt64() >= 5, "5 pictures given");
        Assert.Equal("late", plugin.GetProperty("state").GetString());
        Assert.Equal(0, plugin.GetProperty("shown").GetInt64());
        Assert.True(plugin.GetProperty("latency_p50_ms").GetDouble() >= 200);
        Assert.Equal(0, plugin.GetProperty("restarts").GetInt64());
        Assert.Equal(0, camera.Marked);
        camera.AssertKeptItsPace();
    }

    [SkippableFact]
    public async Task WhatAPluginLeavesInItsGroupGoesWithIt()
    {
        using PluginCamera camera = await new PluginCamera("fork").WatchAsync();
        camera.SeeUntil(plugin => plugin.GetProperty("restarts").GetInt64() > 0, "a restart");
        int child = int.Parse(Regex.Match(camera.Camera.Errors, "(?<=child )[0-9]+", RegexOptions.None, s_patience).Value, CultureInfo.InvariantCulture);
        Assert.True(IsGone(child), "the plug-in's child is still there");
    }

    [SkippableTheory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task APluginDoesNotOutliveCamfx(string signal)
    {
        using PluginCamera camera = await new PluginCamera("stubborn").WatchAsync();
        int program = camera.SeeUntil(plugin => plugin.GetProperty("shown").GetInt64() > 0, "a picture shown").GetProperty("pid").GetInt32();
        await camera.Camera.EndAsync(signal);
        Assert.True(SpinWait.SpinUntil(() => IsGone(program), s_patience), "the plug-in lives on");
    }

    /// <summary>Whether it runs no more; whoever is its parent now may not have buried it yet.</summary>
    private static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
