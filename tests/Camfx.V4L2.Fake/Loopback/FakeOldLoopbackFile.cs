using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>
/// An open file of v4l2loopback before 0.14: whoever streams output first makes the device a camera, with or without buffers; readers share it; its
/// sizeimage comes back rounded up to pages; DQBUF of the output gives the buffer written last.
/// </summary>
internal sealed unsafe class FakeOldLoopbackFile(FakeLoopback loopback) : FakeLoopbackFile(loopback)
{
    private bool _writes;

    internal override int OnEnumerateFormats(ref v4l2_fmtdesc format)
    {
        uint? code = Loopback.ReadyForCapture ? format.index == 0 ? Loopback.Shape.Code : null
            : format.type == V4L2_BUF_TYPE_VIDEO_OUTPUT ? FakeLoopback.Code(format.index) : null;
        if (code is null) return -Errno.EINVAL;
        format.pixelformat = code.Value;
        return 0;
    }

    internal override int OnEnumerateSizes(ref v4l2_frmsizeenum size)
    {
        if (size.index != 0) return -Errno.EINVAL;
        if (Loopback.ReadyForCapture)
        {
            if (size.pixel_format != Loopback.Shape.Code) return -Errno.EINVAL;
            size.type = V4L2_FRMSIZE_TYPE_DISCRETE;
            size.min_width = (uint)Loopback.Shape.Width;
            size.max_width = (uint)Loopback.Shape.Height;
            return 0;
        }

        if (!FakeLoopback.Knows(size.pixel_format)) return -Errno.EINVAL;
        Continuous(ref size);
        return 0;
    }

    // The kernel's own check, of what QUERYCAP last said.
    private bool IsNothing => Loopback.Config.ExclusiveCaps && !Loopback.ReadyForCapture && !Loopback.ReadyForOutput;

    internal override int OnGetFormat(ref v4l2_format format)
    {
        if (IsNothing) return -Errno.EINVAL;
        if (format.type == V4L2_BUF_TYPE_VIDEO_CAPTURE && !Loopback.ReadyForCapture) return -Errno.EINVAL;
        Loopback.Shape.Fill(ref format);
        return 0;
    }

    internal override int OnTryFormat(ref v4l2_format format)
    {
        if (IsNothing) return -Errno.EINVAL;
        if (Loopback.ReadyForCapture)
        {
            if (format.type == V4L2_BUF_TYPE_VIDEO_CAPTURE && format.pix.pixelformat != Loopback.Shape.Code) return -Errno.EINVAL;
            Loopback.Shape.Fill(ref format);
            return 0;
        }

        if (format.type == V4L2_BUF_TYPE_VIDEO_CAPTURE) return -Errno.EBUSY;
        uint code = FakeLoopback.Knows(format.pix.pixelformat) ? format.pix.pixelformat : V4L2_PIX_FMT_YUYV;
        (int width, int height) = Loopback.Clamp(format.pix.width, format.pix.height);
        // Trying changes the device, too.
        Loopback.Shape = new FakeShape(code, width, height);
        Loopback.Shape.Fill(ref format);
        return 0;
    }

    internal override int OnSetFormat(ref v4l2_format format)
    {
        int result = OnTryFormat(ref format);
        if (result < 0 || format.type == V4L2_BUF_TYPE_VIDEO_CAPTURE || Loopback.ReadyForCapture) return result;
        int page = MemoryMapping.PageSize;
        format.pix.sizeimage = (uint)((Loopback.Shape.Size + page - 1) / page * page);
        Loopback.Allocate();
        return 0;
    }

    internal override int OnRequestBuffers(ref v4l2_requestbuffers request)
    {
        if (request.memory != V4L2_MEMORY_MMAP) return -Errno.EINVAL;
        if (request.count < 1) return 0;
        if (Loopback.Buffers.Count == 0) Loopback.Allocate();
        request.count = Math.Min(request.count, (uint)Loopback.Config.MaxBuffers);
        BufferCount = (int)request.count;
        if (BufferCount < Loopback.UsedBuffers)
        {
            Loopback.UsedBuffers = BufferCount;
            Loopback.OutputOrder.RemoveAll(index => index >= BufferCount);
        }

        return 0;
    }

    internal override int OnQueryBuffer(ref v4l2_buffer buffer)
    {
        // One too many: the check is for more than, not for as many as.
        if (buffer.index > Loopback.Config.MaxBuffers || Loopback.UsedBuffers == 0) return -Errno.EINVAL;
        uint asked = buffer.index;
        Describe(ref buffer, (int)asked % Loopback.UsedBuffers);
        buffer.index = asked;
        buffer.flags |= V4L2_BUF_FLAG_QUEUED;
        return 0;
    }

    internal override int OnQueue(ref v4l2_buffer buffer)
    {
        if (buffer.index > Loopback.Config.MaxBuffers || Loopback.UsedBuffers == 0) return -Errno.EINVAL;
        if (buffer.type == V4L2_BUF_TYPE_VIDEO_OUTPUT) Put(buffer);
        return 0;
    }

    internal override int OnDequeue(ref v4l2_buffer buffer)
    {
        if (buffer.type == V4L2_BUF_TYPE_VIDEO_OUTPUT)
        {
            Describe(ref buffer, Loopback.OutputOrder[^1]);
            return 0;
        }

        int index = Next();
        if (index < 0) return index;
        Describe(ref buffer, index);
        return 0;
    }

    internal override int OnStream(uint type, bool on)
    {
        if (!on) return 0; // It does nothing.
        if (type == V4L2_BUF_TYPE_VIDEO_OUTPUT)
        {
            _writes = true; // Nothing else makes it the writer: who only writes leaves a node behind that is neither camera nor output.
            if (!Loopback.ReadyForCapture && Loopback.Buffers.Count == 0)
            {
                Loopback.ReadyForOutput = false;
                return -Errno.EINVAL;
            }

            BecomeCamera();
            return 0;
        }

        if (!Loopback.ReadyForCapture) return -Errno.EIO;
        Reads = true;
        Loopback.TellUsage();
        return 0;
    }

    internal override long OnWrite(byte* buffer, long length)
    {
        BecomeCamera();
        int index = (int)(Loopback.WritePosition % Loopback.UsedBuffers);
        long count = Math.Min(length, Loopback.Buffers[index].Memory.Length);
        Buffer.MemoryCopy(buffer, Loopback.Buffers[index].Memory.Address, count, count);
        Loopback.Buffers[index].CopiedTime = false;
        Loopback.Show(index, (uint)count, MonotonicClock.Now);
        return count;
    }

    internal override PollEvents Ready()
    {
        PollEvents ready = base.Ready() & PollEvents.Priority;
        if (_writes) ready |= PollEvents.Writable;
        if (Reads && Loopback.WritePosition > ReadPosition) ready |= PollEvents.Readable;
        return ready;
    }

    protected override uint Direction() => !Loopback.Config.ExclusiveCaps
        ? V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_VIDEO_OUTPUT
        : (Loopback.ReadyForCapture ? V4L2_CAP_VIDEO_CAPTURE : 0) | (Loopback.ReadyForOutput ? V4L2_CAP_VIDEO_OUTPUT : 0);

    protected override bool Can(uint type) => true;

    // Two frames behind, and it jumps to the newest.
    protected override int Next()
    {
        if (Loopback.WritePosition <= ReadPosition) return -Errno.EAGAIN;
        if (Loopback.WritePosition > ReadPosition + 2) ReadPosition = Loopback.WritePosition - 1;
        return Loopback.PositionToIndex[ReadPosition++ % Loopback.UsedBuffers];
    }

    protected override void Leave()
    {
        if (_writes) Loopback.ReadyForOutput = true;
        if (Loopback.OpenFiles == 0 && !Loopback.KeepFormat)
        {
            Loopback.ReadyForCapture = false;
            Loopback.Buffers.Clear();
            Loopback.UsedBuffers = 0;
        }

        if (Reads) Loopback.TellUsage();
    }

    private void BecomeCamera()
    {
        Loopback.ReadyForOutput = false;
        if (Loopback.ReadyForCapture) return;
        if (Loopback.Buffers.Count == 0) Loopback.Allocate();
        Loopback.ReadyForCapture = true;
    }
}
