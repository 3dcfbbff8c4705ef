using System.Text.Json;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Bench.Service;

/// <summary>The running service as a client meets it: how soon a change is in the picture, and how long the whole tree of objects takes.</summary>
internal static class ServiceBench
{
    private const string Name = "org.camfx.Camfx1", Root = "/org/camfx/Camfx1", First = Root + "/cameras/camfx";

    private const int Cameras = 8, Effects = 10;

    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Measures the service of this session.</summary>
    /// <param name="queue">Where the first camera's queue listens.</param>
    /// <param name="quick">Fewer rounds.</param>
    public static int Run(string queue, bool quick)
    {
        using Bus bus = Bus.OpenUser();
        Row[] rows =
        [
            new("property Source set → in the picture, test:solid 1280x720 at 30 fps", "frames", Visible(bus, queue, quick ? 10 : 100), 2),
            new($"GetManagedObjects, {Cameras} cameras × {Effects} effects", "ms", Objects(bus, quick ? 20 : 200), 5),
        ];
        Console.WriteLine(JsonSerializer.Serialize(rows, s_json));
        return 0;
    }

    /// <summary>From the call to the time of the first frame that shows it, in frame periods.</summary>
    private static unsafe List<double> Visible(Bus bus, string queue, int rounds)
    {
        using Camera1Proxy camera = new(bus, Name, First);
        camera.SetSource("test:solid?color=#000000");
        using FrameQueueConnection watcher = FrameQueueConnection.Connect(queue);
        List<double> frames = [];
        ulong last = 0;
        for (int round = 0; round < rounds; round++)
        {
            bool white = round % 2 == 0;

            // At any moment between two frames.
            last = Next(watcher, last, out _, out _);
            using (ManualResetEventSlim moment = new()) moment.Wait(round * 7 % 33);
            long begin = MonotonicClock.Now;
            camera.SetSource(white ? "test:solid?color=#ffffff" : "test:solid?color=#000000");
            long time;
            byte luma;
            do last = Next(watcher, last, out time, out luma);
            while (luma > 127 != white);
            frames.Add(Math.Max(0, time - begin) * 30e-9);
        }

        return frames;
    }

    private static List<double> Objects(Bus bus, int rounds)
    {
        IReadOnlyDictionary<string, Variant> none = new Dictionary<string, Variant>();
        (string, IReadOnlyDictionary<string, Variant>)[] chain = [.. Enumerable.Repeat(("brightness", none), Effects)];
        using Manager1Proxy root = new(bus, Name, Root);
        using (Camera1Proxy camera = new(bus, Name, First)) camera.SetEffects(chain);
        for (int i = 1; i < Cameras; i++)
        {
            root.CreateCamera($"camera {i}", new Dictionary<string, Variant>
            {
                ["source"] = "test:bars",
                ["outputs"] = Variant.Of(BusType.Array(BusType.String), ["queue"]),
                ["effects"] = Variant.Of(BusType.Array(BusType.Struct(BusType.String, BusType.Options)), chain),
            });
        }

        using ObjectManagerProxy objects = new(bus, Name, Root);
        List<double> times = [];
        for (int i = 0; i < rounds; i++)
        {
            long begin = MonotonicClock.Now;
            objects.GetManagedObjects();
            times.Add((MonotonicClock.Now - begin) / 1e6);
        }

        return times;
    }

    private static unsafe ulong Next(FrameQueueConnection watcher, ulong after, out long time, out byte luma)
    {
        while (true)
        {
            if (!watcher.Reader.Wait(after, MonotonicClock.Now + 5_000_000_000)) throw new TimeoutException("No frame came.");
            if (!watcher.Reader.TryAcquire(out FrameLease frame)) continue;
            luma = *frame.View.Row(0, frame.View.Height / 2);
            time = frame.Timing.PresentationTime;
            watcher.Reader.Release(frame);
            return frame.Sequence;
        }
    }

    private sealed record Row(string What, string Unit, IReadOnlyList<double> Samples, double? AtMost = null, string Note = "");
}
