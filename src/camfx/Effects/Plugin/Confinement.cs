using System.Collections.Immutable;
using System.Globalization;
using Camfx.Posix;

namespace Camfx.Effects.Plugin;

/// <summary>
/// What this machine has to hold a program to its memory and CPU time: a cgroup of its own where the user has a systemd, else limits of the
/// process alone. Both come as programs that set something and then become the next one, so the plug-in is our child all the same.
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
internal sealed class Confinement
{
    private const int MostTasks = 256;
    private const string Niceness = "5";

    private readonly string? _systemdRun;
    private readonly string? _setpriv;
    private readonly string? _prlimit;
    private readonly string? _nice;

    private Confinement(string searchPath, bool hasScopes)
    {
        _systemdRun = hasScopes ? Find("systemd-run", searchPath) : null;
        _setpriv = Find("setpriv", searchPath);
        _prlimit = Find("prlimit", searchPath);
        _nice = Find("nice", searchPath);
    }

    /// <summary>What is in force, for people.</summary>
    public string Description => HasScopes
        ? "cgroup"
        : (_prlimit, _nice) switch
        {
            (null, null) => "none: prlimit and nice are missing",
            (null, _) => "nice; no memory limit: prlimit is missing",
            (_, null) => "rlimit; no CPU limit: nice is missing",
            _ => "rlimit and nice; a CPU limit needs a systemd user manager",
        };

    /// <summary>Whether each program gets a cgroup.</summary>
    public bool HasScopes => _systemdRun is not null;

    /// <summary>Looks what there is. Asks systemd for a scope, which takes a moment.</summary>
    /// <param name="searchPath">Folders between colons, as in <c>PATH</c>.</param>
    public static Confinement Probe(string searchPath) =>
        new(searchPath, Find("systemd-run", searchPath) is { } systemdRun && CanMakeScopes(systemdRun, searchPath));

    /// <summary>The command that becomes the plug-in's program, confined.</summary>
    /// <param name="options">The program and its limits.</param>
    /// <param name="unit">Name of its scope, without ".scope".</param>
    public ImmutableArray<string> Command(PluginOptions options, string unit)
    {
        string memory = options.Memory.ToString(CultureInfo.InvariantCulture);
        var words = ImmutableArray.CreateBuilder<string>();
        if (_systemdRun is not null)
        {
            // Without swap of its own: a picture that lies in swap would make the render thread wait for the disk.
            words.AddRange(
                _systemdRun, "--user", "--scope", "--quiet", "--collect", $"--unit={unit}", "-p", $"MemoryMax={memory}", "-p", "MemorySwapMax=0",
                "-p", $"CPUQuota={options.Cpu.ToString(CultureInfo.InvariantCulture)}%", "-p", $"TasksMax={MostTasks}", "--");
        }

        // It goes when its parent's thread goes, even when that is killed; a program may undo this, and then sees its queue end.
        if (_setpriv is not null) words.AddRange(_setpriv, "--pdeathsig", "KILL", "--");

        // Without a cgroup: memory of its own, and each file or memfd it makes. Shared memory it only maps is not counted.
        if (_systemdRun is null && _prlimit is not null) words.AddRange(_prlimit, $"--data={memory}", $"--fsize={memory}", "--core=0", "--");
        if (_systemdRun is null && _nice is not null) words.AddRange(_nice, "-n", Niceness, "--");
        words.Add(options.Path);
        words.AddRange(options.Arguments);
        return words.ToImmutable();
    }

    private static string? Find(string program, string searchPath) => searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static bool CanMakeScopes(string systemdRun, string searchPath)
    {
        const long patience = 3_000_000_000;
        if (Find("true", searchPath) is not { } nothing) return false;
        try
        {
            using var pipe = Pipe.Create();
            using ChildProcess process = ChildProcess.Start(
                systemdRun, ["--user", "--scope", "--quiet", "--collect", "--", nothing], PluginProcess.Environment(), pipe.Writing);
            _ = Poll.Wait([new PollDescriptor(process.Descriptor, PollEvents.Readable)], patience);
            return process.TryReap(out ProcessEnd end) && end.ExitStatus == 0;
        }
        catch (PosixException)
        {
            return false;
        }
    }
}
