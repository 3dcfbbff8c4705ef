using System.Diagnostics;
using System.Text.Json;

namespace Camfx.Tests.Infrastructure;

/// <summary>The built <c>camfx run --stats</c> in a runtime folder of its own, and what its lines say.</summary>
internal sealed class RunningCamera : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly TemporaryFolder _runtime = new();
    private readonly Lock _gate = new();
    private JsonElement _last;
    private string _errors = "";

    public RunningCamera(params string[] arguments)
        : this(arguments, [])
    {
    }

    public RunningCamera(string[] arguments, Dictionary<string, string> environment)
    {
        _process = BuiltCamfx.Start(["run", "--stats", .. arguments], _runtime.Path, environment);
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors += line.Data;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    /// <summary>What it has said on stderr.</summary>
    public string Errors => _errors;

    /// <summary>Its last line; undefined before the first.</summary>
    public JsonElement Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    public string RuntimeDirectory => _runtime.Path;

    /// <summary>Where the camera's queue listens.</summary>
    public string QueuePath => Path.Combine(_runtime.Path, "camfx", "queues", "camfx");

    /// <summary>Waits for a statistics line with this in it.</summary>
    public async Task<JsonElement> WaitForAsync(Func<JsonElement, bool> condition, string what)
    {
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < s_patience)
        {
            lock (_gate)
                if (_last.ValueKind == JsonValueKind.Object && condition(_last)) return _last;
            Assert.False(_process.HasExited, $"camfx ended: {_errors}");
            await Task.Delay(50);
        }

        throw new TimeoutException($"Nothing said '{what}'; the last line was {_last}; errors: {_errors}");
    }

    /// <summary>Waits for a state of the camera.</summary>
    public Task<JsonElement> WaitForStateAsync(string state) => WaitForAsync(line => line.GetProperty("state").GetString() == state, state);

    /// <summary>Whether the process has this file open, as the kernel tells.</summary>
    public bool HasOpen(string path) =>
        Directory.EnumerateFiles($"/proc/{ProcessId}/fd").Any(fd => new FileInfo(fd).LinkTarget == path);

    /// <summary>Ends it as a user does (SIGTERM), or from one moment to the next (SIGKILL), and waits for its end.</summary>
    public async Task EndAsync(string signal)
    {
        await BuiltCamfx.RunProgramAsync("/bin/kill", $"-{signal}", $"{ProcessId}");
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _runtime.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null) return;
        using JsonDocument document = JsonDocument.Parse(line);
        lock (_gate) _last = document.RootElement.Clone();
    }
}
