using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>An open file of a device with a buffer queue.</summary>
internal abstract unsafe class FakeQueueFile(FakeQueueDevice device) : FakeFile(device)
{
    protected FakeQueue Queue => device.Queue;

    protected abstract uint Direction { get; }

    internal override int OnCapability(ref v4l2_capability capability)
    {
        fixed (v4l2_capability* it = &capability)
        {
            FakeText.Put(it->driver, 16, device.Driver);
            FakeText.Put(it->card, 32, device.Card);
            FakeText.Put(it->bus_info, 32, device.BusInfo);
        }

        bool streaming = device.Memories.Any(type => type != MemoryType.ReadWrite);
        capability.device_caps = Direction | (streaming ? V4L2_CAP_STREAMING : 0)
            | (device.Memories.Contains(MemoryType.ReadWrite) ? V4L2_CAP_READWRITE : 0);
        capability.capabilities = capability.device_caps | V4L2_CAP_DEVICE_CAPS;
        return 0;
    }

    internal override int OnEnumerateFormats(ref v4l2_fmtdesc format)
    {
        if (format.type != Queue.Type) return -Errno.EINVAL;
        uint[] codes = [.. device.Modes.Select(mode => mode.Code).Distinct()];
        if (format.index >= codes.Length) return -Errno.EINVAL;
        format.pixelformat = codes[format.index];
        fixed (v4l2_fmtdesc* it = &format) FakeText.Put(it->description, 32, Frames.FourCC.ToString(format.pixelformat));
        return 0;
    }

    internal override int OnEnumerateSizes(ref v4l2_frmsizeenum size)
    {
        uint code = size.pixel_format;
        (int Width, int Height)[] sizes = [.. device.Modes.Where(mode => mode.Code == code).Select(mode => (mode.Width, mode.Height)).Distinct()];
        if (size.index >= sizes.Length) return -Errno.EINVAL;
        size.type = V4L2_FRMSIZE_TYPE_DISCRETE;
        size.min_width = (uint)sizes[size.index].Width;
        size.max_width = (uint)sizes[size.index].Height; // discrete.height stands in this place.
        return 0;
    }

    internal override int OnEnumerateIntervals(ref v4l2_frmivalenum interval)
    {
        (uint code, uint width, uint height) = (interval.pixel_format, interval.width, interval.height);
        FrameRate[] rates =
        [
            .. device.Modes.Where(mode => mode.Code == code && mode.Width == width && mode.Height == height && mode.Rate.IsKnown).Select(mode => mode.Rate),
        ];
        if (interval.index >= rates.Length) return -Errno.EINVAL;
        interval.type = V4L2_FRMIVAL_TYPE_DISCRETE;
        interval.min = new v4l2_fract { numerator = (uint)rates[interval.index].Denominator, denominator = (uint)rates[interval.index].Numerator };
        return 0;
    }

    internal override int OnGetFormat(ref v4l2_format format)
    {
        if (format.type != Queue.Type) return -Errno.EINVAL;
        Queue.Shape.Fill(ref format);
        return 0;
    }

    internal override int OnTryFormat(ref v4l2_format format)
    {
        if (format.type != Queue.Type) return -Errno.EINVAL;
        Nearest(format).Fill(ref format);
        return 0;
    }

    internal override int OnSetFormat(ref v4l2_format format)
    {
        if (format.type != Queue.Type) return -Errno.EINVAL;
        if (Queue.Count > 0) return -Errno.EBUSY;
        Queue.Shape = Nearest(format);
        Queue.Shape.Fill(ref format);
        return 0;
    }

    internal override int OnGetParameters(ref v4l2_streamparm parameters)
    {
        parameters.capability = V4L2_CAP_TIMEPERFRAME;
        parameters.timeperframe = new v4l2_fract { numerator = (uint)device.Rate.Denominator, denominator = (uint)device.Rate.Numerator };
        return 0;
    }

    internal override int OnSetParameters(ref v4l2_streamparm parameters)
    {
        FrameRate wish = FrameRate.FromInterval(parameters.timeperframe.numerator, parameters.timeperframe.denominator);
        FrameRate[] rates = [.. device.Modes.Where(mode => mode.Code == Queue.Shape.Code && mode.Width == Queue.Shape.Width && mode.Rate.IsKnown).Select(mode => mode.Rate)];
        if (rates.Length > 0) device.Rate = rates.MinBy(rate => Math.Abs(rate.PerSecond - wish.PerSecond));
        return OnGetParameters(ref parameters);
    }

    internal override int OnRequestBuffers(ref v4l2_requestbuffers request) => Queue.Request(this, ref request);

    internal override int OnQueryBuffer(ref v4l2_buffer buffer) => Queue.Query(ref buffer);

    internal override int OnQueue(ref v4l2_buffer buffer) => Queue.Queue(this, ref buffer);

    internal override int OnDequeue(ref v4l2_buffer buffer) => Queue.Dequeue(this, ref buffer);

    internal override int OnStream(uint type, bool on) => Queue.Stream(this, type, on);

    internal override int OnMap(long offset, long length, out byte* address) => Queue.Map(offset, length, out address);

    internal override void OnClose() => Queue.Close(this);

    // A driver never refuses a size: it takes the nearest it has.
    private FakeShape Nearest(in v4l2_format format)
    {
        (uint code, int width, int height) = FormatRequests.Shape(format);
        VideoMode[] same = [.. device.Modes.Where(mode => mode.Code == code)];
        if (same.Length == 0) same = [device.Modes[0]];
        VideoMode nearest = same.MinBy(mode => Math.Abs((long)mode.Width - width) + Math.Abs((long)mode.Height - height));
        return new FakeShape(nearest.Code, nearest.Width, nearest.Height, device.RowAlignment, device.Extra);
    }
}
