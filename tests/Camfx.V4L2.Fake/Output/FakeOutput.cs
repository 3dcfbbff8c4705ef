using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>An output node with videobuf2 behind it, as vivid and akvcam have: it keeps the newest buffer and gives the older ones back.</summary>
public class FakeOutput : FakeQueueDevice
{
    private readonly List<byte[]> _shown = [];

    public FakeOutput(int number = 21, bool multiPlanar = false)
        : base($"/dev/video{number}", multiPlanar ? V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE : V4L2_BUF_TYPE_VIDEO_OUTPUT)
    {
    }

    /// <summary>Buffers it keeps after it has shown them: one, as long as no newer one comes.</summary>
    public int Kept { get; init; } = 1;

    /// <summary>Copies of every frame it has shown, in order.</summary>
    public IReadOnlyList<byte[]> Shown
    {
        get
        {
            lock (Gate) return [.. _shown];
        }
    }

    /// <summary>The times of the frames it has shown.</summary>
    public IList<long> Times { get; } = [];

    internal override FakeFile OpenFile()
    {
        Prepare();
        return new OutputFile(this);
    }

    /// <summary>The hardware takes what is queued beyond what it keeps.</summary>
    internal void Run()
    {
        while (Queue.QueuedCount > Kept && Queue.Next() is { } buffer)
        {
            Show(buffer);
            Queue.Complete();
            Monitor.PulseAll(Gate);
        }
    }

    private unsafe void Show(FakeQueueBuffer buffer)
    {
        using var frame = new MemoryStream();
        for (int plane = 0; plane < Queue.Shape.Planes; plane++) frame.Write(Queue.Bytes(buffer, plane)[..(int)buffer.Used[plane]]);
        _shown.Add(frame.ToArray());
        Times.Add(buffer.TimestampNs);
    }

    private sealed unsafe class OutputFile(FakeOutput output) : FakeQueueFile(output)
    {
        protected override uint Direction => Queue.IsMultiPlanar ? V4L2_CAP_VIDEO_OUTPUT_MPLANE : V4L2_CAP_VIDEO_OUTPUT;

        internal override PollEvents Ready() => Queue.Streaming && (Queue.AnyDone || Queue.QueuedCount < Queue.Count) ? PollEvents.Writable : PollEvents.None;

        internal override int OnQueue(ref v4l2_buffer buffer)
        {
            int result = base.OnQueue(ref buffer);
            output.Run();
            return result;
        }

        internal override int OnStream(uint type, bool on)
        {
            int result = base.OnStream(type, on);
            output.Run();
            return result;
        }

        internal override long OnWrite(byte* buffer, long length)
        {
            if (!output.Memories.Contains(MemoryType.ReadWrite)) return -Errno.EINVAL;
            if (Queue.Count > 0) return -Errno.EBUSY;
            long count = Math.Min(length, output.Queue.Shape.Size);
            output._shown.Add(new ReadOnlySpan<byte>(buffer, (int)count).ToArray());
            output.Times.Add(0);
            return count;
        }
    }
}
