using System.Diagnostics;
using Camfx.Posix;

namespace Camfx.Frames.Torture;

/// <summary>A process of the test, started anew whenever it was killed.</summary>
internal sealed class Child(string name, string command, Func<IReadOnlyList<string>> arguments) : IDisposable
{
    private Process? _process;

    public string Name => name;

    public int Kills { get; private set; }

    /// <summary>When it was started last, CLOCK_MONOTONIC ns.</summary>
    public long Started { get; private set; }

    public int ProcessId => _process?.Id ?? 0;

    public void Start()
    {
        var start = new ProcessStartInfo(command, arguments());

        // No diagnostics socket: it costs time at each start, and the writer's sockets are counted.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        Started = MonotonicClock.Now;
        _process = Process.Start(start)!;
    }

    /// <summary>SIGKILL, and the end of it: its sockets are closed when this returns.</summary>
    public void Kill()
    {
        Kills++;
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The exit code, if it has ended by itself.</summary>
    public int? Ended() => _process is { HasExited: true } ? _process.ExitCode : null;

    /// <summary>Waits for an orderly end; false when it does not come.</summary>
    public bool Join(TimeSpan limit) => _process == null || (_process.WaitForExit(limit) && _process.ExitCode == 0);

    public void Dispose()
    {
        if (_process == null) return;
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }
}
