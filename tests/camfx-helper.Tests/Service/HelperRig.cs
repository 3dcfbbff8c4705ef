using System.Diagnostics;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.DBus.Tests;

namespace Camfx.Helper.Tests.Service;

/// <summary>The helper as a process of its own, on a bus of its own, with a polkit and a systemd that are played and somebody who keeps its descriptors.</summary>
internal sealed class HelperRig : IDisposable
{
    public const string Name = "org.camfx.Helper1", Root = "/org/camfx/Helper1";

    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-helper-").FullName;
    private readonly PrivateBus _daemon = new();
    private readonly LoopThread _others;
    private readonly Process _manager;
    private readonly List<Bus> _clients = [];
    private readonly List<string> _log = [];

    public HelperRig()
    {
        _others = new LoopThread(_daemon.Connect());
        _others.Do(() =>
        {
            _others.Bus.Objects.Add(MockPolkit.Path, Polkit);
            _others.Bus.RequestName(MockPolkit.BusName);
            _others.Bus.Objects.Add(PlayedSystemd.Path, Manager);
            _others.Bus.RequestName(PlayedSystemd.BusName);
        });
        ProcessStartInfo start = new("python3", [Source("Service/manager.py"), Path.Combine(_folder, "notify"), "dotnet", "exec", typeof(HelperRig).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { ["DBUS_SYSTEM_BUS_ADDRESS"] = _daemon.Address, ["RUNTIME_DIRECTORY"] = _folder },
        };
        _manager = Process.Start(start)!;
        _manager.OutputDataReceived += (_, line) =>
        {
            lock (_log) _log.Add(line.Data ?? "");
        };
        _manager.BeginOutputReadLine();
        WaitForHelper(null);
    }

    public MockPolkit Polkit { get; } = new();

    public PlayedSystemd Manager { get; } = new();

    /// <summary>What the manager has kept, by name.</summary>
    public IReadOnlyList<string> Kept
    {
        get
        {
            lock (_log)
            {
                List<string> kept = [];
                foreach (string line in _log)
                {
                    if (line.StartsWith("keep ", StringComparison.Ordinal)) kept.Add(line[5..]);
                    if (line.StartsWith("drop ", StringComparison.Ordinal)) kept.Remove(line[5..]);
                }

                return kept;
            }
        }
    }

    /// <summary>Another program on the bus.</summary>
    public Bus Connect()
    {
        Bus bus = _daemon.Connect();
        _clients.Add(bus);
        return bus;
    }

    public static Helper1Proxy Helper(Bus bus) => new(bus, Name, Root);

    public static Device1Proxy Device(Bus bus, ObjectPath path) => new(bus, Name, path);

    /// <summary>Makes a device without a node.</summary>
    public static ObjectPath Create(Bus bus, string label = "camfx", params (string Name, Variant Value)[] options)
    {
        Dictionary<string, Variant> all = new(StringComparer.Ordinal) { ["backend"] = "none", ["width"] = 64u, ["height"] = 48u };
        foreach ((string name, Variant value) in options) all[name] = value;
        using Helper1Proxy helper = Helper(bus);
        return helper.CreateDevice(label, all);
    }

    /// <summary>The devices there are.</summary>
    public static IReadOnlyList<string> Devices(Bus bus)
    {
        using ObjectManagerProxy manager = new(bus, Name, Root);
        return [.. manager.GetManagedObjects().Where(entry => entry.Value.ContainsKey(Device1Proxy.Interface)).Select(entry => entry.Key.Text).Order(StringComparer.Ordinal)];
    }

    /// <summary>The names of the helper's threads, in order; the first one's is main.</summary>
    public static string[] Threads(Bus bus)
    {
        uint process = bus.CredentialsOf(Name).ProcessId;
        return [.. Directory.EnumerateDirectories($"/proc/{process}/task").Select(task => NameOf(task, $"{process}")).Order(StringComparer.Ordinal)];

        static string NameOf(string task, string process) => Path.GetFileName(task) == process ? "main" : File.ReadAllText(Path.Combine(task, "comm")).TrimEnd('\n');
    }

    /// <summary>Kills the helper and waits for the next one.</summary>
    public void Kill(Bus bus)
    {
        string owner = bus.OwnerOf(Name)!;
        using Process helper = Process.GetProcessById((int)bus.CredentialsOf(Name).ProcessId);
        helper.Kill();
        WaitForHelper(owner);
    }

    /// <summary>Has the helper end as systemd does, and waits for the next one.</summary>
    public void End(Bus bus)
    {
        string owner = bus.OwnerOf(Name)!;
        Process.Start("kill", [$"{bus.CredentialsOf(Name).ProcessId}"]).WaitForExit();
        WaitForHelper(owner);
    }

    public static void Until(Func<bool> condition, string what)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(time.Elapsed < TimeSpan.FromSeconds(60), $"{what} did not happen");
            Thread.Yield();
        }
    }

    public void Dispose()
    {
        foreach (Bus bus in _clients) bus.Dispose();
        if (!_manager.HasExited)
        {
            Process.Start("kill", [$"{_manager.Id}"]).WaitForExit();
            if (!_manager.WaitForExit(30_000)) _manager.Kill(entireProcessTree: true);
        }

        _manager.Dispose();
        _others.Dispose();
        _daemon.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void WaitForHelper(string? before)
    {
        using Bus bus = _daemon.Connect();
        Until(() => bus.OwnerOf(Name) is { } owner && owner != before, "the helper");
    }

    private static string Source(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "camfx.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "tests/camfx-helper.Tests", name);
    }
}
