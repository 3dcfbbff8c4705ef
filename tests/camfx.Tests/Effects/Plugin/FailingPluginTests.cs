using System.Text.Json;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Effects.Plugin;

/// <summary>The built camera with plug-ins that fail, each in its way. Classes run side by side, and most of their time is waiting.</summary>
public abstract class FailingPluginTests
{
    private protected static async Task FailsAsync(string mode, string problem, string more = "")
    {
        using var folder = new TemporaryFolder();
        string runs = folder.File("runs");
        using PluginCamera camera = await new PluginCamera($"{mode} {runs}", more).WatchAsync();
        JsonElement failed = camera.SeeUntil(plugin => plugin.GetProperty("problem").ValueKind == JsonValueKind.String, "a problem");
        Assert.Contains(problem, failed.GetProperty("problem").GetString(), StringComparison.Ordinal);

        // What the program itself wrote: a process that fails at once may live between two lines of statistics only.
        string[] processes = [];
        camera.SeeUntil(
            plugin => plugin.GetProperty("restarts").GetInt64() > 0 && (processes = File.ReadAllLines(runs)).Length > 1, "another process");
        camera.AssertKeptItsPace();
        Assert.Equal(processes.Distinct(), processes);
        Assert.False(Directory.Exists($"/proc/{processes[0]}"), "the failed process is still there");
    }

    public class ThatEnd : FailingPluginTests
    {
        [SkippableFact]
        public Task APluginThatExitsIsStartedAgain() => FailsAsync("die", "exited with status 3");

        [SkippableFact]
        public Task AMemoryLimitEndsThePluginAndNotTheCamera() => FailsAsync("eat", "exited with status 1", ",memory=128M");
    }

    public class ThatHang : FailingPluginTests
    {
        [SkippableFact]
        public Task APluginThatStopsIsEndedAndStartedAgain() => FailsAsync("stop", "gave no picture for 2 s although frames came");
    }

    public class ThatSayNothing : FailingPluginTests
    {
        [SkippableFact]
        public Task APluginThatNeverGivesAPictureIsEndedAndStartedAgain() => FailsAsync("mute", "gave no picture for 10 s although frames came");
    }

    public class ThatLie : FailingPluginTests
    {
        [SkippableFact]
        public Task RubbishInItsQueueIsRefused() =>
            FailsAsync("rubbish", "gives pictures that cannot be used: The newest frame is said to be in slot 255");

        [SkippableFact]
        public Task PicturesOfAnotherSizeAreRefused() =>
            FailsAsync("size", "gives 640x240 I420 pictures; it must give what it gets, 320x240 I420");
    }
}
