using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>A camera with videobuf2 behind it, and the quirks of real ones. A test says when it has seen a frame.</summary>
public sealed class FakeCamera : FakeQueueDevice
{
    private uint _sequence;

    public FakeCamera(int number = 0, bool multiPlanar = false)
        : base($"/dev/video{number}", multiPlanar ? V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE : V4L2_BUF_TYPE_VIDEO_CAPTURE)
    {
        Driver = "uvcvideo";
        Card = "Fake Camera";
        BusInfo = "usb-0000:00:14.0-1";
    }

    /// <summary>What it does wrong.</summary>
    public CameraQuirks Quirks { get; init; }

    /// <summary>Bytes before the pixels in each block (data_offset); of multi-planar cameras only.</summary>
    public int DataOffset { get; init; }

    /// <summary>Its controls.</summary>
    public IReadOnlyList<FakeControl> Controls { get; init; } = [];

    /// <summary>How its times are marked: 0x2000 CLOCK_MONOTONIC, 0x4000 copied, 0 unknown.</summary>
    public uint Clock
    {
        get => Queue.Clock;
        set => Queue.Clock = value;
    }

    /// <summary>A frame has been seen: it fills the next buffer, where one is queued; else it is lost.</summary>
    /// <param name="fill">The value of every byte, or, with more than one, the frame's bytes (planes one after the other).</param>
    /// <param name="error">Marked as damaged.</param>
    /// <param name="missing">Bytes short of a whole frame.</param>
    /// <param name="timestampNs">Its time; 0: now.</param>
    /// <returns>Whether a buffer was there.</returns>
    public bool See(ReadOnlySpan<byte> fill, bool error = false, int missing = 0, long timestampNs = 0)
    {
        lock (Gate)
        {
            uint sequence = _sequence++;
            if (Queue.Next() is not { } buffer)
            {
                Newest = fill.ToArray();
                Monitor.PulseAll(Gate);
                return false;
            }

            Fill(buffer, fill, missing);
            buffer.Error = error;
            buffer.Sequence = sequence;
            buffer.TimestampNs = timestampNs == 0 ? MonotonicClock.Now : timestampNs;
            Queue.Complete();
            Monitor.PulseAll(Gate);
            return true;
        }
    }

    /// <inheritdoc cref="See(ReadOnlySpan{byte}, bool, int, long)"/>
    public bool See(byte fill, bool error = false, int missing = 0, long timestampNs = 0) =>
        See(new ReadOnlySpan<byte>(in fill), error, missing, timestampNs);

    /// <summary>What read() gives once: a frame no buffer was there for.</summary>
    internal byte[]? Newest { get; set; }

    internal override int Extra => Queue.IsMultiPlanar ? DataOffset : 0;

    internal override FakeFile OpenFile()
    {
        Prepare();
        return new FakeCameraFile(this);
    }

    private void Fill(FakeQueueBuffer buffer, ReadOnlySpan<byte> fill, int missing)
    {
        int offset = Queue.IsMultiPlanar ? DataOffset : 0;
        for (int plane = 0; plane < Queue.Shape.Planes; plane++)
        {
            Span<byte> bytes = Queue.Bytes(buffer, plane);
            if (fill.Length == 1) bytes.Fill(fill[0]);
            else
            {
                int part = Math.Min(fill.Length, bytes.Length - offset);
                fill[..part].CopyTo(bytes[offset..]);
                fill = fill[part..];
            }

            // A coded picture is as long as it is.
            int length = Queue.Shape.Stride == 0 && Queue.Shape.Code != 0 ? Math.Min(bytes.Length, bytes.Length / 2) : bytes.Length;
            buffer.Used[plane] = (uint)Math.Max(0, length - missing);
            buffer.Offsets[plane] = (uint)offset;
        }
    }
}
