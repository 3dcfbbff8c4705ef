using System.Collections.Immutable;
using Camfx.Doctor;
using Camfx.Doctor.Machine;
using Camfx.PipeWire;
using Camfx.Posix;
using Camfx.Processes;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Tests.Doctor;

/// <summary>A machine that is as a test says, and otherwise bare.</summary>
internal sealed class PlayedMachine : IMachine, IFiles, IProcesses, IVideo, IBusAnswers
{
    public const string Kernel = "6.12.1-test";

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal) { ["/proc/sys/kernel/osrelease"] = Kernel + "\n" };
    private readonly Dictionary<string, string> _programs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<IVideoFile>> _nodes = new(StringComparer.Ordinal);
    private readonly List<RunningProcess> _processes = [];
    private readonly List<(string Node, NodeHolder Holder)> _holders = [];
    private readonly List<SnapshotNode> _graph = [];
    private readonly List<string> _clients = [];

    IFiles IMachine.Files => this;

    IProcesses IMachine.Processes => this;

    IVideo IMachine.Video => this;

    IBusAnswers IMachine.Buses => this;

    public PipeWireAnswer PipeWire { get; set; } = new(null, "nobody listens");

    public HelperAnswer Helper { get; set; } = new(HelperState.Absent, null, []);

    public PolkitAnswer Polkit { get; set; } = PolkitAnswer.Yes;

    public PortalAnswer Portal { get; set; } = new(true, true, true, true, new Dictionary<string, string>());

    public bool? IsSessionRunning { get; set; } = false;

    public uint UserId { get; set; } = 1000;

    public PlayedMachine With(string file, string text = "")
    {
        _files[file] = text;
        return this;
    }

    public PlayedMachine WithVariable(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    public PlayedMachine WithProgram(string command, string output)
    {
        _programs[command] = output;
        return this;
    }

    public PlayedMachine WithProcess(int id, params string[] arguments)
    {
        _processes.Add(new RunningProcess(id, Path.GetFileName(arguments[0]), arguments));
        return this;
    }

    public PlayedMachine WithHolder(string node, string name, bool streams = true)
    {
        _holders.Add((node, new NodeHolder(77, name, streams)));
        return this;
    }

    public PlayedMachine WithNode(FakeDevice device)
    {
        _nodes[device.Path] = device.Open;
        return this;
    }

    public PlayedMachine WithHelper(params (string, string, string)[] findings)
    {
        Helper = new HelperAnswer(HelperState.Answers, null, findings);
        return this;
    }

    /// <summary>A PipeWire with these clients and the nodes so far.</summary>
    public PlayedMachine WithClients(params string[] names)
    {
        _clients.AddRange(names);
        PipeWire = new PipeWireAnswer(new GraphSnapshot("1.4.2", [.. _graph], [.. _clients]));
        return this;
    }

    /// <summary>A node at PipeWire, described as <c>key=value</c>.</summary>
    public PlayedMachine WithNode(OfferedFormat[] formats, params string[] properties)
    {
        _graph.Add(new SnapshotNode((uint)_graph.Count + 30,
            properties.Select(static entry => entry.Split('=', 2)).ToImmutableDictionary(static pair => pair[0], static pair => pair[1]), [.. formats]));
        return WithClients();
    }

    /// <summary>What a check finds here.</summary>
    public IReadOnlyList<Finding> Look(Check check) => [.. check.Look(this)];

    string? IFiles.Read(string path) => _files.GetValueOrDefault(path);

    bool IFiles.Exists(string path) => _files.Keys.Any(file => file == path || file.StartsWith(path + "/", StringComparison.Ordinal));

    IReadOnlyList<string> IFiles.List(string folder) =>
        [.. _files.Keys.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal)).Select(file =>
            $"{folder}/{file[(folder.Length + 1)..].Split('/')[0]}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    string? IFiles.Variable(string name) => _variables.GetValueOrDefault(name);

    string? IFiles.Run(string program, params string[] arguments) => _programs.GetValueOrDefault(string.Join(' ', [program, .. arguments]));

    IReadOnlyList<RunningProcess> IProcesses.List() => _processes;

    IReadOnlyList<NodeHolder> IProcesses.HoldersOf(string node) => [.. _holders.Where(entry => entry.Node == node).Select(static entry => entry.Holder)];

    IReadOnlyList<string> IVideo.Paths() => [.. _nodes.Keys];

    IVideoFile IVideo.Open(string path, MapAccess access) => _nodes[path]();
}
