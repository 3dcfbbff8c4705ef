using Camfx.Posix;
using Camfx.V4L2.Interop;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>
/// An open file of v4l2loopback 0.14 and later: one owner of the format and one of the stream in each direction; no stream without buffers; a reader
/// without a writer gets EIO, a second one EBUSY.
/// </summary>
internal unsafe class FakeLoopbackFile : FakeFile
{
    private const uint Input = 1;
    private readonly Dictionary<nint, int> _mapped = [];
    private readonly Queue<uint> _events = new();
    private uint _event;
    private bool _fileIo;

    internal FakeLoopbackFile(FakeLoopback loopback)
        : base(loopback)
    {
        Loopback = loopback;
        loopback.Files.Add(this);
    }

    internal bool Reads { get; set; }

    protected FakeLoopback Loopback { get; }

    protected long ReadPosition { get; set; }

    protected int BufferCount { get; set; }

    private bool Fixed => Loopback.KeepFormat || Array.Exists(Loopback.FormatOwner, owner => owner is not null && owner != this);

    internal override int OnCapability(ref v4l2_capability capability)
    {
        fixed (v4l2_capability* it = &capability)
        {
            FakeText.Put(it->driver, 16, "v4l2 loopback");
            FakeText.Put(it->card, 32, Loopback.Config.Label);
            FakeText.Put(it->bus_info, 32, $"platform:v4l2loopback-{Loopback.Config.Number:000}");
        }

        capability.version = 0x060c00;
        capability.device_caps = V4L2_CAP_STREAMING | V4L2_CAP_READWRITE | Direction();
        capability.capabilities = capability.device_caps | V4L2_CAP_DEVICE_CAPS;
        return 0;
    }

    internal override int OnEnumerateFormats(ref v4l2_fmtdesc format)
    {
        if (!Can(format.type)) return -Errno.EINVAL;
        uint? code = Fixed ? format.index == 0 ? Loopback.Shape.Code : null : FakeLoopback.Code(format.index);
        if (code is null) return -Errno.EINVAL;
        format.pixelformat = code.Value;
        return 0;
    }

    internal override int OnEnumerateSizes(ref v4l2_frmsizeenum size)
    {
        if (size.index != 0) return -Errno.EINVAL;
        bool pinned = Loopback.Config.Width > 0;
        if (Fixed)
        {
            if (size.pixel_format != Loopback.Shape.Code) return -Errno.EINVAL;
            Discrete(ref size, Loopback.Shape.Width, Loopback.Shape.Height);
        }
        else if (!FakeLoopback.Knows(size.pixel_format)) return -Errno.EINVAL;
        else if (pinned) Discrete(ref size, Loopback.Config.Width, Loopback.Config.Height);
        else Continuous(ref size);
        return 0;
    }

    internal override int OnEnumerateIntervals(ref v4l2_frmivalenum interval)
    {
        if (interval.index != 0) return -Errno.EINVAL;
        if (Fixed)
        {
            interval.type = V4L2_FRMIVAL_TYPE_DISCRETE;
            interval.min = new v4l2_fract { numerator = (uint)Loopback.Rate.Denominator, denominator = (uint)Loopback.Rate.Numerator };
            return 0;
        }

        interval.type = V4L2_FRMIVAL_TYPE_CONTINUOUS;
        interval.min = new v4l2_fract { numerator = 1, denominator = 1000 };
        interval.max = new v4l2_fract { numerator = 1, denominator = 1 };
        interval.step = new v4l2_fract { numerator = 1, denominator = 1 };
        return 0;
    }

    internal override int OnGetFormat(ref v4l2_format format)
    {
        if (!Can(format.type)) return -Errno.EINVAL;
        Loopback.Shape.Fill(ref format);
        return 0;
    }

    internal override int OnTryFormat(ref v4l2_format format)
    {
        if (!Can(format.type)) return -Errno.EINVAL;
        if (Fixed)
        {
            // The other side's format, silently.
            Loopback.Shape.Fill(ref format);
            return 0;
        }

        if (!FakeLoopback.Knows(format.pix.pixelformat)) return -Errno.EINVAL;
        (int width, int height) = Loopback.Clamp(format.pix.width, format.pix.height);
        new FakeShape(format.pix.pixelformat, width, height).Fill(ref format);
        return 0;
    }

    internal override int OnSetFormat(ref v4l2_format format)
    {
        int result = OnTryFormat(ref format);
        if (result < 0) return result;
        if (BufferCount > 0) return -Errno.EBUSY;
        int side = Side(format.type);
        ReleaseFormat();
        if (Loopback.FormatOwner[side] is not null) return -Errno.EBUSY;
        var shape = new FakeShape(format.pix.pixelformat, (int)format.pix.width, (int)format.pix.height);
        bool changed = shape != Loopback.Shape;
        Loopback.Shape = shape;
        if (changed || NoOwners) Loopback.Allocate();
        Loopback.FormatOwner[side] = this;
        return 0;
    }

    internal override int OnGetParameters(ref v4l2_streamparm parameters)
    {
        parameters.capability = V4L2_CAP_TIMEPERFRAME;
        parameters.timeperframe = new v4l2_fract { numerator = (uint)Loopback.Rate.Denominator, denominator = (uint)Loopback.Rate.Numerator };
        return 0;
    }

    internal override int OnSetParameters(ref v4l2_streamparm parameters)
    {
        FrameRate rate = FrameRate.FromInterval(parameters.timeperframe.numerator, parameters.timeperframe.denominator);
        if (rate.IsKnown) Loopback.Rate = rate;
        return OnGetParameters(ref parameters);
    }

    internal override int OnRequestBuffers(ref v4l2_requestbuffers request)
    {
        if (request.memory != V4L2_MEMORY_MMAP) return -Errno.EINVAL;
        request.capabilities = 0;
        int side = Side(request.type);
        if (Loopback.FormatOwner[1 - side] == this) return -Errno.EINVAL;
        if (request.count == 0)
        {
            _ = OnStream(request.type, on: false);
            BufferCount = 0;
            ReleaseFormat();
            if (NoOwners) Loopback.UsedBuffers = 0;
            return 0;
        }

        if (Loopback.FormatOwner[side] is { } owner && owner != this) return -Errno.EBUSY;
        bool others = Loopback.FormatOwner[1 - side] is not null;
        int count = (int)Math.Min(request.count, (uint)Loopback.Config.MaxBuffers);
        if (others && Loopback.UsedBuffers > 0) count = Loopback.UsedBuffers;
        else if (Loopback.Buffers.Exists(buffer => buffer.Mappings > 0)) return -Errno.EBUSY;
        if (NoOwners || Loopback.Buffers.Count == 0) Loopback.Allocate();
        Loopback.FormatOwner[side] = this;
        Loopback.UsedBuffers = BufferCount = count;
        Loopback.OutputOrder.RemoveAll(index => index >= count);
        request.count = (uint)count;
        return 0;
    }

    internal override int OnQueryBuffer(ref v4l2_buffer buffer)
    {
        if (buffer.index >= BufferCount) return -Errno.EINVAL;
        Describe(ref buffer, (int)buffer.index);
        return 0;
    }

    internal override int OnQueue(ref v4l2_buffer buffer)
    {
        if (buffer.index >= BufferCount || buffer.memory != V4L2_MEMORY_MMAP) return -Errno.EINVAL;
        if (buffer.type == V4L2_BUF_TYPE_VIDEO_OUTPUT) Put(buffer);
        return 0;
    }

    internal override int OnDequeue(ref v4l2_buffer buffer)
    {
        int side = Side(buffer.type);
        if (BufferCount == 0 || Loopback.FormatOwner[side] != this) return -Errno.EINVAL;
        if (side == 0)
        {
            // The oldest, whether it was queued or not; never EAGAIN.
            int oldest = Loopback.OutputOrder[0];
            Loopback.OutputOrder.RemoveAt(0);
            Loopback.OutputOrder.Add(oldest);
            Describe(ref buffer, oldest);
            return 0;
        }

        int index = Next();
        if (index < 0) return index;
        Describe(ref buffer, index);
        return 0;
    }

    internal override int OnStream(uint type, bool on)
    {
        int side = Side(type);
        if (!on)
        {
            if (Loopback.StreamOwner[side] == this)
            {
                Loopback.StreamOwner[side] = null;
                if (side == Input) Loopback.TellUsage();
            }

            return 0;
        }

        if (BufferCount == 0 || Loopback.FormatOwner[side] != this) return -Errno.EINVAL;
        if (side == Input && Loopback.StreamOwner[0] is null && !Loopback.KeepFormat) return -Errno.EIO;
        if (Loopback.StreamOwner[side] is not null) return 0;
        Loopback.StreamOwner[side] = this;
        if (side == Input) Loopback.TellUsage();
        return 0;
    }

    internal override int OnSubscribe(ref v4l2_event_subscription subscription)
    {
        uint known = Loopback.OldEventId ? LoopbackDev.V4L2LOOPBACK_EVENT_BASE : LoopbackDev.V4L2_EVENT_PRI_CLIENT_USAGE;
        if (!Loopback.HasEvent || subscription.type != known) return -Errno.EINVAL;
        _event = known;
        if ((subscription.flags & V4L2_EVENT_SUB_FL_SEND_INITIAL) != 0) TellUsage(Loopback.IsWatched);
        return 0;
    }

    internal override int OnDequeueEvent(ref v4l2_event happening)
    {
        if (!_events.TryDequeue(out uint count)) return -Errno.ENOENT;
        happening = new v4l2_event { type = _event };
        fixed (v4l2_event* it = &happening) *(uint*)it->data = count;
        return 0;
    }

    internal void TellUsage(bool watched)
    {
        if (_event == 0) return;
        // One waits at most: a newer one takes its place.
        _events.Clear();
        _events.Enqueue(watched ? 1u : 0);
    }

    internal override PollEvents Ready()
    {
        PollEvents ready = _events.Count > 0 ? PollEvents.Priority : PollEvents.None;
        if (Loopback.FormatOwner[0] == this && Loopback.StreamOwner[0] == this) ready |= PollEvents.Writable;
        if (Loopback.StreamOwner[1] == this && Loopback.WritePosition > ReadPosition) ready |= PollEvents.Readable;
        return ready;
    }

    internal override int OnMap(long offset, long length, out byte* address)
    {
        address = null;
        long size = Loopback.Buffers.Count == 0 ? 1 : Loopback.Buffers[0].Memory.Length;
        int index = (int)(offset / size);
        if (offset % size != 0 || index >= Loopback.Buffers.Count || length > size) return -Errno.EINVAL;
        FakeLoopbackBuffer buffer = Loopback.Buffers[index];
        buffer.Mappings++;
        address = buffer.Memory.Address;
        _mapped[(nint)address] = index;
        return 0;
    }

    internal override void OnUnmap(byte* address)
    {
        if (_mapped.Remove((nint)address, out int index) && index < Loopback.Buffers.Count) Loopback.Buffers[index].Mappings--;
    }

    internal override long OnWrite(byte* buffer, long length)
    {
        int result = StartFileIo(0, V4L2_BUF_TYPE_VIDEO_OUTPUT);
        if (result < 0) return result;
        int index = (int)(Loopback.WritePosition % Loopback.UsedBuffers);
        long count = Math.Min(length, Loopback.Buffers[index].Memory.Length);
        Buffer.MemoryCopy(buffer, Loopback.Buffers[index].Memory.Address, count, count);
        Loopback.Buffers[index].CopiedTime = false;
        Loopback.Show(index, (uint)count, MonotonicClock.Now);
        return count;
    }

    internal override long OnRead(byte* buffer, long length)
    {
        int result = StartFileIo(1, V4L2_BUF_TYPE_VIDEO_CAPTURE);
        if (result < 0) return result;
        int index = Next();
        if (index < 0) return index;
        long count = Math.Min(length, Loopback.Buffers[index].Used);
        Buffer.MemoryCopy(Loopback.Buffers[index].Memory.Address, buffer, count, count);
        return count;
    }

    internal override void OnClose()
    {
        foreach (nint address in _mapped.Keys.ToList()) OnUnmap((byte*)address);
        Loopback.Files.Remove(this);
        Leave();
    }

    protected virtual uint Direction() => !Loopback.Config.ExclusiveCaps ? V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_VIDEO_OUTPUT
        : Loopback.StreamOwner[0] is null && !Loopback.KeepFormat ? V4L2_CAP_VIDEO_OUTPUT : V4L2_CAP_VIDEO_CAPTURE;

    protected virtual void Leave()
    {
        bool watched = Loopback.StreamOwner[1] == this;
        for (int side = 0; side < 2; side++)
            if (Loopback.StreamOwner[side] == this) Loopback.StreamOwner[side] = null;
        ReleaseFormat();
        if (NoOwners) Loopback.UsedBuffers = 0;
        if (watched) Loopback.TellUsage();
    }

    protected static int Side(uint type) => type == V4L2_BUF_TYPE_VIDEO_OUTPUT ? 0 : 1;

    protected void Put(in v4l2_buffer buffer)
    {
        bool own = buffer.timestamp.tv_sec == 0 && buffer.timestamp.tv_usec == 0;
        int index = (int)buffer.index % Math.Max(Loopback.UsedBuffers, 1);
        Loopback.Buffers[index].CopiedTime = !own;
        Loopback.Show(index, buffer.bytesused, own ? MonotonicClock.Now : buffer.timestamp.tv_sec * 1_000_000_000 + buffer.timestamp.tv_usec * 1000);
    }

    // Where the reader stands; one that fell behind by more than there are buffers jumps to the newest.
    protected virtual int Next()
    {
        if (Loopback.WritePosition <= ReadPosition) return -Errno.EAGAIN;
        if (Loopback.WritePosition > ReadPosition + Loopback.UsedBuffers) ReadPosition = Loopback.WritePosition - 1;
        return Loopback.PositionToIndex[ReadPosition++ % Loopback.UsedBuffers];
    }

    protected void Describe(ref v4l2_buffer buffer, int index)
    {
        FakeLoopbackBuffer it = Loopback.Buffers[index];
        buffer.index = (uint)index;
        buffer.memory = V4L2_MEMORY_MMAP;
        buffer.bytesused = it.Used;
        buffer.length = (uint)it.Memory.Length;
        buffer.field = V4L2_FIELD_NONE;
        buffer.flags = (it.CopiedTime ? V4L2_BUF_FLAG_TIMESTAMP_COPY : V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC) | (it.Mappings > 0 ? V4L2_BUF_FLAG_MAPPED : 0);
        buffer.sequence = it.Sequence;
        buffer.timestamp = new timeval { tv_sec = it.TimestampNs / 1_000_000_000, tv_usec = it.TimestampNs % 1_000_000_000 / 1000 };
        buffer.m.offset = (uint)(index * it.Memory.Length);
    }

    protected virtual bool Can(uint type) => Loopback.Config.ExclusiveCaps switch
    {
        _ when type is not (V4L2_BUF_TYPE_VIDEO_CAPTURE or V4L2_BUF_TYPE_VIDEO_OUTPUT) => false,
        false => true,
        _ => type == V4L2_BUF_TYPE_VIDEO_OUTPUT
            ? Loopback.FormatOwner[0] == this || Loopback.StreamOwner[0] is null
            : Loopback.FormatOwner[1] == this || Loopback.StreamOwner[0] is not null,
    };

    private bool NoOwners => Array.TrueForAll(Loopback.FormatOwner, owner => owner is null);

    private void ReleaseFormat()
    {
        for (int side = 0; side < 2; side++)
            if (Loopback.FormatOwner[side] == this) Loopback.FormatOwner[side] = null;
    }

    private int StartFileIo(int side, uint type)
    {
        if (_fileIo && Loopback.StreamOwner[side] == this) return 0;
        if (Loopback.StreamOwner[side] is not null) return -Errno.EBUSY;
        v4l2_requestbuffers request = new() { count = (uint)Loopback.Config.MaxBuffers, type = type, memory = V4L2_MEMORY_MMAP };
        int result = OnRequestBuffers(ref request);
        if (result >= 0) result = OnStream(type, on: true);
        _fileIo = result >= 0;
        return result;
    }

    private static void Discrete(ref v4l2_frmsizeenum size, int width, int height)
    {
        size.type = V4L2_FRMSIZE_TYPE_DISCRETE;
        size.min_width = (uint)width;
        size.max_width = (uint)height; // discrete.height stands in this place.
    }

    protected static void Continuous(ref v4l2_frmsizeenum size)
    {
        size.type = V4L2_FRMSIZE_TYPE_CONTINUOUS;
        (size.min_width, size.max_width, size.step_width) = (2, 8192, 1);
        (size.min_height, size.max_height, size.step_height) = (1, 8192, 1);
    }
}
