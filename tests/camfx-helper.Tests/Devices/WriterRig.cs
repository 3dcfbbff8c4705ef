using System.Collections.Immutable;
using Camfx.Frames;
using Camfx.Helper.Backends;
using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Helper.Tests.Devices;

/// <summary>A device's writer on a played driver, taken step by step in played time.</summary>
internal sealed class WriterRig : IDisposable
{
    public static readonly DeviceMode Mode = new(64, 48, "YUYV", 30);

    private static readonly long s_frameMs = Mode.FrameTimeNs / 1_000_000 + 1;

    private readonly List<IDisposable> _ends = [];

    public WriterRig(Func<IReadOnlyList<INodeOutput>> open)
    {
        Writer = new DeviceWriter("camfx", Mode, open, Log, () => Clock.Now);
    }

    public ManualClock Clock { get; } = new();

    public WriterLog Log { get; } = new();

    public DeviceWriter Writer { get; }

    /// <summary>A writer on exclusive loopback nodes.</summary>
    public static WriterRig OnLoopback(LoopbackVersion version, out ImmutableArray<FakeLoopback> nodes, int readers = 1)
    {
        FakeLoopbackModule module = new(version);
        nodes = [.. Enumerable.Range(0, readers).Select(node =>
            module.Make(new LoopbackConfig($"camfx{node}", 63 - node, Mode.Width, Mode.Height, 4, 64, ExclusiveCaps: true)))];
        ImmutableArray<FakeLoopback> made = nodes;
        LoopbackBackend backend = new(new FakeLoopbackSystem(module));
        DeviceRecord record = Record([.. nodes.Select(static node => new NodeRecord(node.Config.Number, node.Path, node.Path, true))]);
        return Open(new WriterRig(() => [.. made.Select((_, node) => backend.Open(record, node, kept: null))]));
    }

    /// <summary>A writer on an output node that reads memory of every kind.</summary>
    public static WriterRig OnOutput(FakeOutput output)
    {
        OutputBackend backend = new(static () => [], (_, _) => output.Open());
        DeviceRecord record = Record([new NodeRecord(21, output.Path, output.Path, false)]);
        return Open(new WriterRig(() => [backend.Open(record, 0, kept: null)]));
    }

    public static DeviceRecord Record(IReadOnlyList<NodeRecord> nodes) =>
        new() { Id = 1, Label = "camfx", Backend = "test", Owner = 1000, Mode = Mode, Nodes = nodes };

    /// <summary>Begins to stream from a node, as an app does.</summary>
    public VideoCapture Watch(FakeLoopback node)
    {
        VideoCapture capture = VideoCapture.Open(
            node.Open(), new VideoMode(FourCC.Pack("YUYV"), Mode.Width, Mode.Height, FrameRate.Unknown), new VideoCaptureOptions { Memory = MemoryChoice.Force(MemoryType.Mmap) });
        _ends.Add(capture);
        return capture;
    }

    public TestQueue NewQueue(int leases = 2, PixelFormat? format = null, int frameRate = 30)
    {
        TestQueue queue = new(Mode, () => Clock.Now, leases, format, frameRate);
        _ends.Add(queue);
        return queue;
    }

    /// <summary>Attaches and takes a step.</summary>
    public string? Attach(AttachedQueue queue, MemoryWish wish = MemoryWish.Auto)
    {
        string? answer = "it was not answered";
        Writer.Attach(queue, wish, refusal => answer = refusal);
        Writer.Step();
        return answer;
    }

    /// <summary>Takes a step after one frame time.</summary>
    public void NextFrame()
    {
        Clock.Pass(s_frameMs);
        Writer.Step();
    }

    /// <summary>Lets time pass, with a step whenever the writer wants one.</summary>
    public void Pass(long milliseconds)
    {
        long end = Clock.Now + milliseconds * 1_000_000;
        while (Clock.Now < end)
        {
            long next = Writer.Step();
            Clock.Now = Math.Min(end, Math.Max(next, Clock.Now + 1_000_000));
        }

        Writer.Step();
    }

    public void Dispose()
    {
        Writer.Stop(leave: false);
        Writer.Step();
        for (int i = _ends.Count - 1; i >= 0; i--) _ends[i].Dispose();
        Writer.Dispose();
    }

    private static WriterRig Open(WriterRig rig)
    {
        Assert.Null(rig.Writer.TryOpen());
        return rig;
    }
}
