using System.Diagnostics;
using System.Text.Json;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Sinks;

/// <summary>The built camera beside a PipeWire that comes, goes and comes back.</summary>
public sealed class PipeWireOutputTests
{
    [SkippableFact]
    public async Task WithoutPipeWireItSaysSoAndWaits()
    {
        using var camera = new RunningCamera("--source", "test:bars", "--output", "pipewire");
        JsonElement line = await camera.WaitForAsync(stats => Output(stats, "problem") is not null, "a problem");
        Assert.Contains("start pipewire", Output(line, "problem"), StringComparison.Ordinal);
        await camera.WaitForAsync(_ => camera.Errors.Contains("camfx: PipeWire does not answer", StringComparison.Ordinal), "a sentence on stderr");
    }

    [SkippableFact]
    public async Task TheNodeComesWithPipeWireAndAgainAfterItWasKilled()
    {
        Skip.IfNot(File.Exists("/usr/bin/pipewire"), "pipewire is not installed; run 'make test'");
        using var camera = new RunningCamera("--source", "test:bars", "--output", "pipewire");
        await camera.WaitForAsync(stats => Output(stats, "state") == "disconnected", "disconnected");
        for (int round = 0; round < 3; round++)
        {
            using Process daemon = Process.Start(new ProcessStartInfo("/usr/bin/pipewire")
            {
                RedirectStandardError = true,
                Environment = { ["XDG_RUNTIME_DIR"] = camera.RuntimeDirectory },
            })!;
            try
            {
                await camera.WaitForAsync(stats => Output(stats, "state") == "paused", "paused");
            }
            finally
            {
                daemon.Kill();
                await daemon.WaitForExitAsync();
            }

            await camera.WaitForAsync(stats => Output(stats, "state") == "disconnected", "disconnected again");
        }
    }

    private static string? Output(JsonElement stats, string key) => stats.GetProperty("outputs")[0].GetProperty(key).GetString();
}
