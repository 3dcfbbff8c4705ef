using System.Diagnostics;
using Camfx.DBus;
using Camfx.DBus.Tests;
using Camfx.Devices;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Devices;

/// <summary>The built camfx-helper on a bus of its own, with a polkit that says what the test wants. Its devices have no nodes (backend none).</summary>
internal sealed class RunningDeviceService : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly PrivateBus _bus = new();
    private readonly TemporaryFolder _state = new();
    private readonly LoopThread _polkit;
    private Process? _process;

    public RunningDeviceService()
    {
        _polkit = new LoopThread(_bus.Connect());
        _polkit.Do(() =>
        {
            _polkit.Bus.Objects.Add("/org/freedesktop/PolicyKit1/Authority", new PlayedPolkit(() => Allows));
            _polkit.Bus.RequestName("org.freedesktop.PolicyKit1");
        });
    }

    /// <summary>What polkit says.</summary>
    public bool Allows { get; set; } = true;

    /// <summary>Where the system bus is for a program that is to find this helper.</summary>
    public string Address => _bus.Address;

    private string Setting => $"DBUS_SYSTEM_BUS_ADDRESS={Address}";

    public void Start()
    {
        string program = Path.Combine(BuiltCamfx.Repository, "out", "bin", "camfx-helper");
        Skip.IfNot(File.Exists(program), "out/bin/camfx-helper is not built; run 'make build'");
        _process = Process.Start(new ProcessStartInfo("/usr/bin/env", [Setting, $"RUNTIME_DIRECTORY={_state.Path}", program]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        using Bus bus = _bus.Connect();
        using BusLoop loop = new(bus);
        using IDisposable limit = loop.After(s_patience, loop.Stop);
        bool there = false;
        using IDisposable watch = bus.WatchName(DeviceService.BusName, owner =>
        {
            there = owner is not null;
            if (there) loop.Stop();
        });
        loop.Run();
        Assert.True(there, "camfx-helper did not take its name.");
    }

    /// <summary>Ends it from one moment to the next.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Runs camfx on this helper's bus, to its end.</summary>
    public Task<BuiltCamfx.Result> RunAsync(params string[] arguments)
    {
        Skip.IfNot(File.Exists(BuiltCamfx.Executable), "out/bin/camfx is not built; run 'make build'");
        return BuiltCamfx.RunProgramAsync("/usr/bin/env", [Setting, BuiltCamfx.Executable, .. arguments]);
    }

    public void Dispose()
    {
        if (_process is not null) Kill();
        _polkit.Dispose();
        _bus.Dispose();
        _state.Dispose();
    }

    /// <summary>org.freedesktop.PolicyKit1.Authority, as far as it is asked.</summary>
    private sealed class PlayedPolkit(Func<bool> allows) : BusInterface("org.freedesktop.PolicyKit1.Authority", "")
    {
        private static readonly BusType<(bool, bool, IReadOnlyDictionary<string, string>)> s_answer =
            BusType.Struct(BusType.Boolean, BusType.Boolean, BusType.Dictionary(BusType.String, BusType.String));

        protected override IReadOnlyList<string> PropertyNames => [];

        protected override bool Invoke(string member, IncomingCall call)
        {
            if (member != "CheckAuthorization") return false;
            new MethodCall<(bool, bool, IReadOnlyDictionary<string, string>)>(call, s_answer.Write).Reply((allows(), false, new Dictionary<string, string>()));
            return true;
        }

        protected override Variant? Get(string name) => null;

        protected override PropertyAccess Set(string name, Variant value, MethodCall call) => PropertyAccess.Unknown;
    }
}
