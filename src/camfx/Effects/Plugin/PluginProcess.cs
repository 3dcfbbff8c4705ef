using System.Collections;
using System.Collections.Immutable;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Effects.Plugin;

/// <summary>
/// One run of a plug-in's program: its folder with the socket it reads at, the process, and what it prints. Disposing ends the program and
/// removes the folder.
/// </summary>
/// <remarks>Thread-bound to the supervisor's thread, which is the program's parent.</remarks>
internal sealed class PluginProcess : IDisposable
{
    // A program that sees its queue end may tidy up for so long before it is killed.
    private const long Grace = 300_000_000;

    private readonly PluginFolder _folder;
    private readonly FrameQueueServer _server;
    private readonly ChildProcess _process;
    private readonly CpuTime _cpu;
    private bool _hasEnded;

    private PluginProcess(PluginFolder folder, FrameQueueServer server, FolderWatch watch, Pipe output, ChildProcess process, string unit)
    {
        _folder = folder;
        _server = server;
        _process = process;
        _cpu = new CpuTime(process.Id, unit);
        Watch = watch;
        Output = output;
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Readable when it has ended.</summary>
    public FileDescriptor Descriptor => _process.Descriptor;

    /// <summary>Notices when its socket appears.</summary>
    public FolderWatch Watch { get; }

    /// <summary>What it prints.</summary>
    public Pipe Output { get; }

    /// <summary>Where it gives its pictures.</summary>
    public string SocketPath => _folder.Out;

    /// <summary>The CPU time it takes.</summary>
    public CpuTime Cpu => _cpu;

    /// <summary>Starts the program.</summary>
    /// <exception cref="PosixException">The folder, a socket or the process could not be made.</exception>
    /// <exception cref="IOException">The folder could not be made.</exception>
    public static PluginProcess Start(PluginOptions options, IFrameQueueHost input, Confinement confinement, string folderName, string unit)
    {
        var made = new Stack<IDisposable>();
        T Made<T>(T thing)
            where T : IDisposable
        {
            made.Push(thing);
            return thing;
        }

        try
        {
            PluginFolder folder = Made(PluginFolder.Create(options.Folder, folderName));
            FrameQueueServer server = Made(new FrameQueueServer(folder.In, input));
            FolderWatch watch = Made(FolderWatch.Create(folder.Path));
            Pipe output = Made(Pipe.Create());
            ImmutableArray<string> command = confinement.Command(options, unit);
            ChildProcess process = ChildProcess.Start(
                command[0], [.. command.Skip(1)], Environment($"CAMFX_IN={folder.In}", $"CAMFX_OUT={folder.Out}"), output.Writing);

            // The program has the writing end; without this one its last copy's end is the end of what it prints.
            output.Writing.Dispose();
            return new PluginProcess(folder, server, watch, output, process, unit);
        }
        catch
        {
            while (made.TryPop(out IDisposable? thing)) thing.Dispose();
            throw;
        }
    }

    /// <summary>This process's environment with these variables besides, <c>NAME=value</c> each.</summary>
    public static ImmutableArray<string> Environment(params ReadOnlySpan<string> more)
    {
        ImmutableArray<string>.Builder all = ImmutableArray.CreateBuilder<string>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            if (variable.Key is string key && !key.StartsWith("CAMFX_", StringComparison.Ordinal)) all.Add($"{key}={variable.Value}");
        all.AddRange(more);
        return all.ToImmutable();
    }

    /// <summary>How it ended, as it follows the plug-in's name. What it started in its group goes with it.</summary>
    public string Reap()
    {
        // While it is not reaped, its number is still that of its group.
        _cpu.KillGroup();
        _process.Kill();
        _hasEnded = _process.TryReap(out ProcessEnd end);
        return end.Signal != 0 ? $"was killed by signal {end.Signal}" : end.ExitStatus < 0 ? "ended" : $"exited with status {end.ExitStatus}";
    }

    public void Dispose()
    {
        // Its queue ends first: an honest program sees that and goes.
        _server.Dispose();
        if (!_hasEnded)
        {
            _process.Terminate();
            _ = Poll.Wait([new PollDescriptor(_process.Descriptor, PollEvents.Readable)], Grace);
        }

        _cpu.KillGroup();
        _process.Dispose();
        Output.Dispose();
        Watch.Dispose();
        _folder.Dispose();
    }
}
