using System.Net.Sockets;
using System.Text;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.DBus.Tests;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Service;
using Camfx.Service.Host;
using Camfx.Service.State;

namespace Camfx.Tests.Service;

/// <summary>The service and the machine it runs on: systemd, the journal, sleep, the locked screen.</summary>
public sealed class ServiceHostTests : IDisposable
{
    private readonly RunningService _service = new();

    public void Dispose() => _service.Dispose();

    [SkippableFact]
    public void Systemd_hears_that_it_is_ready_what_it_does_and_that_it_lives()
    {
        string path = Path.Combine(_service.Folder, "notify");
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
        socket.Bind(new UnixDomainSocketEndPoint(path));
        _service.Environment["NOTIFY_SOCKET"] = path;
        _service.Environment["WATCHDOG_USEC"] = "300000";
        _service.Start();
        using FrameQueueConnection watcher = _service.Watch();

        HashSet<string> heard = [];
        byte[] buffer = new byte[4096];
        long deadline = MonotonicClock.Now + 30_000_000_000;
        while (!(heard.Contains("READY=1") && heard.Contains("WATCHDOG=1") && heard.Contains("STATUS=camfx: streaming to dotnet")) && MonotonicClock.Now < deadline)
        {
            string text = Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
            heard.Add(text.StartsWith("STATUS=camfx: streaming to ", StringComparison.Ordinal) ? "STATUS=camfx: streaming to dotnet" : text);
        }

        Assert.Superset(new HashSet<string> { "READY=1", "WATCHDOG=1", "STATUS=camfx: streaming to dotnet" }, heard);
    }

    [Fact]
    public void The_watchdog_names_who_hangs()
    {
        using SystemdLink systemd = SystemdLink.Connect(static _ => null);
        using CameraTable table = new(new StateFile(Path.Combine(_service.Folder, "none")));
        using Watchdog watchdog = new(systemd, table);
        long now = MonotonicClock.Now;

        int asked = 0;
        watchdog.AskMain = () => asked++;
        long late = now + Watchdog.Patience + 1_000_000_000;
        Assert.Null(watchdog.Hanging(late));
        watchdog.Ask(now);
        watchdog.Ask(late);
        Assert.Equal((2, "the bus's thread"), (asked, watchdog.Hanging(late)));
        watchdog.MainTurned();
        Assert.Null(watchdog.Hanging(late));
    }

    [SkippableFact]
    public void The_source_is_closed_while_the_computer_sleeps_or_the_screen_is_locked()
    {
        using PlayedLogind logind = new(_service.Daemon);
        _service.Start();
        using FrameQueueConnection watcher = _service.Watch();
        using Bus bus = _service.Daemon.Connect();
        using Camera1Proxy camera = _service.Camera(bus);
        AwaitState("streaming");
        Waiting.Until(bus, () => logind.Inhibitors == 1 && logind.WasAskedForLock, "the inhibitor");

        logind.Sleep(true);
        AwaitState("placeholder");
        Assert.Equal("The computer goes to sleep.", camera.StateReason);
        Waiting.Until(bus, () => logind.Inhibitors == 0, "the inhibitor's end");
        logind.Sleep(false);
        AwaitState("streaming");
        Waiting.Until(bus, () => logind.Inhibitors == 1, "the next inhibitor");

        logind.Lock(true);
        AwaitState("placeholder");
        Assert.Equal("The screen is locked.", camera.StateReason);
        logind.Lock(false);
        AwaitState("streaming");
        logind.Hint(true);
        AwaitState("placeholder");

        void AwaitState(string state) => Waiting.Until(bus, () =>
        {
            camera.Refresh();
            return camera.State == state;
        }, state);
    }

    [SkippableTheory]
    [InlineData(true, false, "The screen is locked.")]
    [InlineData(false, true, "The computer goes to sleep.")]
    public void A_screen_that_was_locked_or_a_sleep_that_had_begun_before_the_service_keeps_the_source_closed(bool locked, bool asleep, string sentence)
    {
        using PlayedLogind logind = new(_service.Daemon, locked, asleep);
        _service.Start(States.Small(idle: "always"));
        using Bus bus = _service.Daemon.Connect();
        using Camera1Proxy camera = _service.Camera(bus);
        using FrameQueueConnection watcher = _service.Watch();
        Await(() => camera.State == "placeholder");
        Assert.Equal((sentence, 0UL), (camera.StateReason, camera.Statistics["source-opened"].Value));

        if (locked) logind.Lock(false);
        else logind.Sleep(false);
        Await(() => camera.State == "streaming");
        Waiting.Until(bus, () => logind.Inhibitors == 1, "the inhibitor");

        void Await(Func<bool> condition) => Waiting.Until(bus, () =>
        {
            camera.Refresh();
            return condition();
        }, sentence);
    }

    [Fact]
    public void An_entry_for_the_journal_has_its_fields_on_lines_of_their_own() => Assert.Equal(
        "MESSAGE=two lines\nPRIORITY=4\nSYSLOG_IDENTIFIER=camfx\nCAMFX_CAMERA=one\n", ServiceLog.Entry(4, "two\nlines", "one", null));
}
