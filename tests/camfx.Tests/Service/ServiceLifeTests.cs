using System.Text.Json;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Service;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>The built service from its start to its end, through kills and through the end of its bus.</summary>
public sealed class ServiceLifeTests : IDisposable
{
    private readonly RunningService _service = new();

    public void Dispose() => _service.Dispose();

    [SkippableFact]
    public void What_was_answered_is_there_again_after_a_kill()
    {
        _service.Start();
        using (Bus bus = _service.Daemon.Connect())
        {
            using Camera1Proxy camera = _service.Camera(bus);
            camera.SetSource("test:bars");
            camera.AddEffect("mirror", new Dictionary<string, Variant>(), -1);
            camera.AddEffect("brightness", new Dictionary<string, Variant> { ["value"] = 12.5 }, 0);
            camera.SetIdle("always");
            using Manager1Proxy root = new(bus, ServicePaths.BusName, ServicePaths.Root);
            Assert.Equal("/org/camfx/Camfx1/cameras/second_20one", root.CreateCamera("second one", Second).Text);
            camera.SetEnabled(false);
        }

        _service.Kill();
        _service.Start();

        using Bus again = _service.Daemon.Connect();
        using Camera1Proxy restored = _service.Camera(again), second = _service.Camera(again, "second_20one");
        restored.Refresh();
        second.Refresh();
        Assert.Equal(("test:bars", "always", false), (restored.Source, restored.Idle, restored.Enabled));
        Assert.Equal(["/org/camfx/Camfx1/cameras/camfx/effects/2", "/org/camfx/Camfx1/cameras/camfx/effects/1"], restored.Effects.Select(path => path.Text));
        Assert.Equal(("second one", 160u), (second.Name, second.Width));
        using Effect1Proxy effect = new(again, ServicePaths.BusName, restored.Effects[0]);
        effect.Refresh();
        Assert.Equal(("brightness", "12.5"), (effect.Kind, effect.Parameters["value"].Get(BusType.String)));
    }

    [SkippableFact]
    public void A_camera_whose_source_nobody_has_named_is_made_whether_or_not_a_webcam_is_there()
    {
        _service.Start();
        using Bus bus = _service.Daemon.Connect();
        using Manager1Proxy root = new(bus, ServicePaths.BusName, ServicePaths.Root);
        Assert.Equal(
            "/org/camfx/Camfx1/cameras/desk",
            root.CreateCamera("desk", new Dictionary<string, Variant> { ["outputs"] = Variant.Of(BusType.Array(BusType.String), ["queue"]) }).Text);
        using Camera1Proxy camera = _service.Camera(bus, "desk");
        camera.Refresh();
        Assert.Equal("camera:", camera.Source);
    }

    [SkippableFact]
    public async Task A_kill_in_the_middle_of_changes_leaves_the_last_answer_or_a_later_one()
    {
        for (int round = 0; round < 3; round++)
        {
            _service.Start();
            int answered = -1;
            using (Bus bus = _service.Daemon.Connect())
            {
                using Camera1Proxy camera = _service.Camera(bus);
                Task kill = Task.CompletedTask;
                int enough = 5 + (3 * round);
                Assert.Throws<BusException>(Change);
                await kill;

                void Change()
                {
                    for (; answered < 1_000_000; answered++)
                    {
                        if (answered == enough) kill = Task.Run(_service.Kill);
                        camera.SetSource($"test:solid?color=#{answered + 1:x6}");
                    }
                }
            }

            using JsonDocument state = JsonDocument.Parse(File.ReadAllBytes(_service.StateFile));
            string source = state.RootElement.GetProperty("cameras")[0].GetProperty("source").GetString()!;
            int kept = source == "test:counter" ? -1 : Convert.ToInt32(source.Split('#')[1], 16);
            Assert.InRange(kept, answered, answered + 1);
            File.Delete(_service.StateFile);
        }
    }

    [SkippableFact]
    public void A_state_that_nobody_can_read_is_set_aside_and_the_service_begins_anew()
    {
        _service.Start("{ this is no JSON");

        using Bus bus = _service.Daemon.Connect();
        using Camera1Proxy camera = _service.Camera(bus);
        camera.Refresh();
        Assert.Equal("camera:", camera.Source);
        Assert.Equal("{ this is no JSON", File.ReadAllText(_service.StateFile + ".unreadable"));
        Waiting.Until(bus, () => _service.Errors.Contains("set aside as", StringComparison.Ordinal), "the message");
    }

    [SkippableFact]
    public void Frames_go_on_when_the_bus_ends_and_the_name_comes_back_with_it()
    {
        _service.Start();
        using FrameQueueConnection watcher = _service.Watch();
        ulong last = Frame(watcher, 0);

        _service.Daemon.Kill();
        for (int i = 0; i < 10; i++) last = Frame(watcher, last);
        _service.Daemon.Restart();
        _service.AwaitName();

        Frame(watcher, last);
        using Bus bus = _service.Daemon.Connect();
        using Camera1Proxy camera = _service.Camera(bus);
        camera.Refresh();
        Assert.Equal("queue", Assert.Single(camera.Consumers).Output);
    }

    [SkippableFact]
    public async Task A_second_camfx_of_the_name_is_refused_and_one_of_another_name_runs()
    {
        _service.Start();

        BuiltCamfx.Result same = await _service.RunAsync("run", "--source", "test:bars"), other = await _service.RunAsync(
            "run", "--source", "test:bars", "--name", "other", "--output", "queue", "--duration", "0.2"), service = await _service.RunAsync("run", "--service");

        Assert.Equal((1, 0, 1), (same.ExitCode, other.ExitCode, service.ExitCode));
        Assert.Contains($"camfx is running (pid {_service.ProcessId}); use camfx source set", same.Errors, StringComparison.Ordinal);
        Assert.Contains($"camfx is running (pid {_service.ProcessId})", service.Errors, StringComparison.Ordinal);
    }

    private static Dictionary<string, Variant> Second => new()
    {
        ["source"] = "test:ball",
        ["width"] = 160u,
        ["height"] = 120u,
        ["outputs"] = Variant.Of(BusType.Array(BusType.String), ["queue"]),
    };

    private static ulong Frame(FrameQueueConnection watcher, ulong after)
    {
        FrameLease lease = Waiting.Next(watcher, after);
        Assert.Equal(FrameFlags.None, lease.Flags);
        CounterPicture.Number(lease.View);
        Assert.True(watcher.Reader.Release(lease));
        return lease.Sequence;
    }
}
