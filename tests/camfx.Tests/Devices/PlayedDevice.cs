using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Processes;

namespace Camfx.Tests.Devices;

/// <summary>A device that reads what is attached to it when the test says so.</summary>
internal sealed class PlayedDevice(string label, uint width, uint height) : Device1Server
{
    /// <summary>What Attach and Remove answer; null: they work.</summary>
    public BusException? Refusal { get; set; }

    /// <summary>Called by Remove.</summary>
    public Action? Removed { get; set; }

    /// <summary>The queue that is attached.</summary>
    public FrameQueueConnection? Queue { get; private set; }

    /// <summary>How often a queue was attached.</summary>
    public int Attached { get; private set; }

    /// <summary>How often Detach was called.</summary>
    public int Detached { get; private set; }

    /// <summary>The option memory of the last Attach.</summary>
    public string Wish { get; private set; } = "";

    /// <summary>Dma-bufs of the last Attach.</summary>
    public int DmaBufs { get; private set; }

    public string Shows { get; init; } = "YUYV";

    public string Way { get; init; } = "v4l2loopback";

    public string[] Nodes { get; init; } = ["/dev/video4711"];

    public uint User { get; init; } = ProcessOwner.UserId;

    public double Rate { get; init; } = 30;

    public override string Path => Nodes is [var first, ..] ? first : "";

    public override string[] Paths => Nodes;

    public override string Label => label;

    public override string Backend => Way;

    public override string Format => Shows;

    public override uint Width => width;

    public override uint Height => height;

    public override double FrameRate => Rate;

    public override uint Owner => User;

    public override IReadOnlyDictionary<string, Variant> Statistics => new Dictionary<string, Variant>();

    /// <summary>Lets the queue go without a word, as a helper that is killed does.</summary>
    public void LetGo()
    {
        Queue?.Dispose();
        Queue = null;
    }

    protected override void Attach(
        MethodCall call, FileDescriptor queue, FileDescriptor control, FileDescriptor[] dmabufs, IReadOnlyDictionary<string, Variant> options)
    {
        if (Refusal is not null) throw Refusal;
        Wish = options["memory"].Get(BusType.String);
        DmaBufs = dmabufs.Length;
        using FileDescriptor socket = options["socket"].Get(BusType.Descriptor);
        FrameQueueConnection adopted = FrameQueueConnection.Adopt(
            queue, control, socket, new QueueLimits(64, FrameLayout.Packed(PixelFormat.Bgra, (int)width, (int)height).Size));
        LetGo();
        Queue = adopted;
        Attached++;
        foreach (FileDescriptor descriptor in (FileDescriptor[])[queue, control, .. dmabufs]) descriptor.Dispose();
        call.Reply();
    }

    protected override void Detach(MethodCall call)
    {
        LetGo();
        Detached++;
        call.Reply();
    }

    protected override void Remove(MethodCall call)
    {
        if (Refusal is not null) throw Refusal;
        Removed?.Invoke();
        call.Reply();
    }
}
