using System.Diagnostics;
using Camfx.Posix;

namespace Camfx.Tests.Infrastructure;

/// <summary>Another program that offers a frame queue: flat pictures of one luma, made by the Python client.</summary>
internal sealed class RunningProducer : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it; when this returns, its first frame is there and <see cref="ReadyAt"/> says since when.</summary>
    public RunningProducer(string runtimeDirectory, string name, int width, int height, int fps, int luma)
    {
        Skip.IfNot(File.Exists("/usr/bin/python3"), "python3 is not installed; run 'make test'");
        string tests = Path.Combine(BuiltCamfx.Repository, "tests", "camfx.Tests", "Native", "produce.py");
        string[] arguments = [tests, Path.Combine(BuiltCamfx.Repository, "sdk", "python"), name, $"{width}", $"{height}", $"{fps}", $"{luma}"];
        var start = new ProcessStartInfo("/usr/bin/python3", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["XDG_RUNTIME_DIR"] = runtimeDirectory;
        _process = Process.Start(start)!;
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
        ReadyAt = MonotonicClock.Now;
    }

    /// <summary>CLOCK_MONOTONIC in ns.</summary>
    public long ReadyAt { get; }

    public void ChangeSize(int width, int height)
    {
        _process.StandardInput.Write($"{width} {height}\n");
        _process.StandardInput.Flush();
    }

    /// <summary>Sends a signal and returns when it is sent.</summary>
    public async Task SignalAsync(string name) => _ = await BuiltCamfx.RunProgramAsync("/bin/kill", $"-{name}", $"{_process.Id}");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
