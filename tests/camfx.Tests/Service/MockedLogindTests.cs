using System.Diagnostics;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Frames.Queue;
using Camfx.Processes;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>Sleep and the locked screen, told by another hand's logind: the template of python3-dbusmock, which is worked with busctl.</summary>
public sealed class MockedLogindTests : IDisposable
{
    private const string Name = "org.freedesktop.login1", Root = "/org/freedesktop/login1", Session = Root + "/session/1", Mock = "org.freedesktop.DBus.Mock";

    private readonly RunningService _service = new();
    private Process? _logind;

    private static string User => $"{Root}/user/{ProcessOwner.UserId}";

    public void Dispose()
    {
        _service.Dispose();
        _logind?.Kill();
        _logind?.WaitForExit();
        _logind?.Dispose();
    }

    [SkippableFact]
    public async Task Sources_are_closed_from_the_first_moment_on_and_again_at_each_sleep_and_lock()
    {
        await StartLogindAsync();
        await Call(Session, Name + ".Session", "SetLockedHint", "b", "true");
        _service.Start();
        using FrameQueueConnection watcher = _service.Watch();
        using Bus bus = _service.Daemon.Connect();
        using Camera1Proxy camera = _service.Camera(bus);
        Await("placeholder", "The screen is locked.");
        await Call(Session, Name + ".Session", "SetLockedHint", "b", "false");
        Await("streaming", "");
        Assert.Contains("\"sleep\" \"camfx\" \"closes the camera\" \"delay\"", await Call(Root, Name + ".Manager", "ListInhibitors"), StringComparison.Ordinal);

        await SleepAsync("true");
        Await("placeholder", "The computer goes to sleep.");
        await SleepAsync("false");
        Await("streaming", "");

        await Call(Session, Name + ".Session", "Lock");
        Await("placeholder", "The screen is locked.");
        await Call(Session, Name + ".Session", "Unlock");
        Await("streaming", "");

        void Await(string state, string reason) => Waiting.Until(bus, () =>
        {
            camera.Refresh();
            return (camera.State, camera.StateReason) == (state, reason);
        }, $"{state} {reason}");
    }

    private Task<string> SleepAsync(string begins) => Call(Root, Mock, "EmitSignal", "sssav", Name + ".Manager", "PrepareForSleep", "b", "1", "b", begins);

    /// <summary>Starts it with one user, who sits at one session.</summary>
    private async Task StartLogindAsync()
    {
        BuiltCamfx.Result there = await BuiltCamfx.RunProgramAsync("/usr/bin/env", "/usr/bin/python3", "-c", "import dbusmock");
        Skip.IfNot(there.ExitCode == 0, "python3-dbusmock is not installed; run 'make test'");
        ProcessStartInfo start = new("/usr/bin/python3", ["-m", "dbusmock", "--system", "--template", "logind"]) { RedirectStandardOutput = true };
        foreach ((string name, string value) in _service.Environment) start.Environment[name] = value;
        _logind = Process.Start(start)!;
        _logind.OutputDataReceived += static (_, _) => { };
        _logind.BeginOutputReadLine();
        using (Bus bus = _service.Daemon.Connect()) Waiting.Until(bus, () => bus.OwnerOf(Name) is not null, "logind's name");
        string user = $"{ProcessOwner.UserId}";
        await Call(Root, Mock, "AddSession", "ssusb", "1", "seat0", user, "tester", "true");
        await Call(User, "org.freedesktop.DBus.Properties", "Set", "ssv", Name + ".User", "Display", "(so)", "1", Session);

        // The template's own puts a number behind a text, which Python refuses.
        await Call(Root, Mock, "AddMethod", "sssss", Name + ".Manager", "GetUser", "u", "o", $"ret = '{Root}/user/' + str(args[0])");
    }

    private async Task<string> Call(string path, string interfaceName, string member, params string[] arguments)
    {
        BuiltCamfx.Result done = await BuiltCamfx.RunProgramAsync(
            "/usr/bin/busctl", [$"--address={_service.Environment["DBUS_SYSTEM_BUS_ADDRESS"]}", "call", Name, path, interfaceName, member, .. arguments]);
        Assert.True(done.ExitCode == 0, $"{member}: {done.Errors}");
        return done.Output;
    }
}
