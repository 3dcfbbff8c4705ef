using System.Diagnostics;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.DBus.Tests;
using Camfx.Frames.Queue;
using Camfx.Service;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>The built <c>camfx run --service</c> on a bus of its own, with folders of its own.</summary>
public sealed class RunningService : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;
    private Process? _process;
    private string _errors = "";

    public RunningService()
    {
        Directory.CreateDirectory(_folder.File("runtime"));
        _environment = new Dictionary<string, string>
        {
            // Without the daemon's own mark: a daemon that takes its place has another.
            ["DBUS_SESSION_BUS_ADDRESS"] = Daemon.Address.Split(',')[0],
            ["DBUS_SYSTEM_BUS_ADDRESS"] = Daemon.Address.Split(',')[0],
            ["XDG_RUNTIME_DIR"] = _folder.File("runtime"),
            ["XDG_STATE_HOME"] = _folder.Path,
            ["XDG_CONFIG_HOME"] = _folder.File("configuration"),
        };
    }

    internal PrivateBus Daemon { get; } = new();

    internal Dictionary<string, string> Environment => _environment;

    internal string StateFile => _folder.File("camfx/cameras.json");

    internal string Folder => _folder.Path;

    /// <summary>What it has said on stderr.</summary>
    internal string Errors => _errors;

    internal int ProcessId => _process!.Id;

    internal bool HasEnded => _process!.HasExited;

    /// <summary>Starts it with its outputs queue only, a small camera and a test picture, and waits for its name.</summary>
    internal RunningService Start(string? state = null)
    {
        if (state is not null || !File.Exists(StateFile))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(StateFile)!);
            File.WriteAllText(StateFile, state ?? States.Small());
        }

        _process = BuiltCamfx.Start(["run", "--service"], environment: _environment);
        _process.ErrorDataReceived += (_, line) => _errors += line.Data + "\n";
        _process.BeginErrorReadLine();
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        AwaitName();
        return this;
    }

    internal void AwaitName()
    {
        using Bus bus = Daemon.Connect();
        Waiting.Until(bus, () => bus.OwnerOf(ServicePaths.BusName) is not null || HasEnded, "the service's name");
        Assert.False(HasEnded, $"camfx ended: {_errors}");
    }

    /// <summary>Ends it from one moment to the next.</summary>
    internal void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Runs camfx on the same bus, to its end.</summary>
    internal Task<BuiltCamfx.Result> RunAsync(params string[] arguments) =>
        BuiltCamfx.RunProgramAsync("/usr/bin/env", [.. _environment.Select(static pair => $"{pair.Key}={pair.Value}"), BuiltCamfx.Executable, .. arguments]);

    internal Camera1Proxy Camera(Bus bus, string id = "camfx") => new(bus, ServicePaths.BusName, ServicePaths.Camera(id));

    /// <summary>Watches a camera through its queue.</summary>
    internal FrameQueueConnection Watch(string name = "camfx", string format = "YU12") =>
        FrameQueueConnection.Connect(_folder.File($"runtime/camfx/queues/{name}"), Frames.FourCC.Pack(format));

    public void Dispose()
    {
        if (_process is { } running)
        {
            try
            {
                if (!running.HasExited) running.Kill();
                running.WaitForExit();
                running.Dispose();
            }
            catch (InvalidOperationException)
            {
                // It was killed by the test.
            }
        }

        Daemon.Dispose();
        _folder.Dispose();
    }
}
