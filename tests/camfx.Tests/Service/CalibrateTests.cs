using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Service;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>The empty scene, asked for on the bus and on the command line.</summary>
public sealed class CalibrateTests : IDisposable
{
    private readonly RunningService _service = new();

    public void Dispose() => _service.Dispose();

    [SkippableFact]
    public async Task It_is_taken_kept_and_there_again_after_a_restart()
    {
        _service.Start(States.Small(source: "test:bars", effects: """{ "id": "1", "kind": "blur", "enabled": true, "parameters": {} }""", nextEffect: 2));
        using (Bus bus = _service.Daemon.Connect())
        {
            using var watcher = _service.Watch();
            Await(bus, "There is no picture of the empty scene; run camfx calibrate and step aside.");
            BuiltCamfx.Result done = await _service.RunAsync("calibrate", "--delay", "0", "--seconds", "0.5");
            Assert.Equal((0, ""), (done.ExitCode, done.Errors));
            Assert.EndsWith("The empty scene is taken.\n", done.Output, StringComparison.Ordinal);
            Await(bus, "");
        }

        Assert.Single(Directory.GetFiles(Path.Combine(_service.Folder, "camfx", "plates")));
        _service.Kill();
        _service.Start();
        using Bus again = _service.Daemon.Connect();
        using var another = _service.Watch();
        _ = Waiting.Next(another, 20);
        Await(again, "");

        // It belongs to its source.
        _service.Camera(again).SetSource("test:smpte");
        Await(again, "There is no picture of the empty scene; run camfx calibrate and step aside.");
    }

    [SkippableFact]
    public async Task What_moves_is_refused_and_so_is_a_second_one_at_the_same_time()
    {
        _service.Start(States.Small(source: "test:ball"));
        using Bus bus = _service.Daemon.Connect();
        Camera1Proxy camera = _service.Camera(bus);
        BusException? first = null, second = null;
        camera.CalibrateAsync(new Dictionary<string, Variant> { ["delay"] = 0.0, ["seconds"] = 1.0 }, error => first = error);
        camera.CalibrateAsync(new Dictionary<string, Variant>(), error => second = error);
        Waiting.Until(bus, () => first is not null && second is not null, "both answers");
        Assert.Equal((BusErrors.Failed, BusErrors.Busy), (first!.Name, second!.Name));
        Assert.Contains("of the picture changed", first.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_service.Folder, "*.plate", SearchOption.AllDirectories));

        BuiltCamfx.Result refused = await _service.RunAsync("calibrate", "--delay=-1");
        Assert.Equal((2, "camfx: --delay takes 0 to 60 seconds.\n"), (refused.ExitCode, refused.Errors));
        camera.SetEnabled(false);
        refused = await _service.RunAsync("calibrate", "--delay=0");
        Assert.Equal((1, "camfx: The empty scene cannot be taken: The camera is off.\n"), (refused.ExitCode, refused.Errors));
    }

    private static void Await(Bus bus, string problem)
    {
        Effect1Proxy effect = new(bus, ServicePaths.BusName, ServicePaths.Effect("camfx", "1"));
        Waiting.Until(
            bus, () =>
            {
                effect.Refresh();
                return effect.Problem == problem;
            },
            $"the effect's problem '{problem}'");
    }
}
