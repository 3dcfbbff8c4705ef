using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.DBus.Tests;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Service;
using Camfx.Service.Objects;
using Camfx.Service.State;
using Camfx.Tests.Infrastructure;
using Camfx.Tests.Pipeline;

namespace Camfx.Tests.Service;

/// <summary>An effect that breaks, as the bus tells it: the service's objects in this process, which knows such an effect.</summary>
public sealed class FailingEffectObjectTests : IDisposable
{
    private const string Word = "bus";

    // Made before a camera looks for it.
    private readonly string _runtime = RuntimeFolder.Path;

    private readonly string _name = $"fragile {Environment.ProcessId}";
    private readonly TemporaryFolder _folder = new();
    private readonly PrivateBus _daemon = new();

    public void Dispose()
    {
        _daemon.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_effect_that_fails_says_so_and_is_tried_again_when_it_is_switched_on_again()
    {
        FragileEffect.Add();
        Directory.CreateDirectory(_folder.File("camfx"));
        File.WriteAllText(_folder.File("camfx/cameras.json"), States.Small(
            effects: $$"""{ "id": "1", "kind": "fragile", "enabled": true, "parameters": { "when": "{{Word}}" } }""", nextEffect: 2).Replace("\"name\": \"camfx\"", $"\"name\": \"{_name}\"", StringComparison.Ordinal));
        using CameraTable table = new(new StateFile(_folder.File("camfx")));
        table.Start();
        using LoopThread served = new(_daemon.Connect());
        using ServiceBus objects = served.Do(() => new ServiceBus(served.Loop, table, static () => { }));
        served.Do(objects.Offer);
        using Bus bus = _daemon.Connect();
        using Camera1Proxy camera = new(bus, ServicePaths.BusName, ServicePaths.Camera("camfx"));
        using Effect1Proxy effect = new(bus, ServicePaths.BusName, ServicePaths.Effect("camfx", "1"));
        using FrameQueueConnection watcher = FrameQueueConnection.Connect(FrameQueueAddress.PathOf(_runtime, _name), FourCC.Pack("YU12"));
        Await(() => camera.State == "streaming");
        Assert.Equal(("", ""), (camera.StateReason, effect.Problem));

        FragileEffect.Words[Word] = true;
        Await(() => effect.Problem.Length > 0);
        Assert.Contains("The effect 'fragile' failed", effect.Problem, StringComparison.Ordinal);
        Assert.Equal(("streaming", effect.Problem, 1UL), (camera.State, camera.StateReason, camera.Statistics["faults"].Value));

        FragileEffect.Words.TryRemove(Word, out _);
        effect.SetEnabled(false);
        effect.SetEnabled(true);
        Await(() => effect.Problem.Length == 0 && camera.StateReason.Length == 0 && effect.Cost > 0);
        served.Do(objects.Dispose);

        void Await(Func<bool> condition) => Waiting.Until(bus, () =>
        {
            camera.Refresh();
            effect.Refresh();
            return condition();
        }, "the effect's state");
    }
}
