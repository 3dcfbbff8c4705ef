using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>One open file of a device: takes the kernel's structs apart and hands them to the driver's own answers.</summary>
internal abstract unsafe class FakeFile(FakeDevice device) : IVideoFile
{
    private bool _closed;

    public string Path => device.Path;

    public FileDescriptor? Descriptor => null;

    protected FakeDevice Device => device;

    public int Ioctl(uint request, void* argument)
    {
        lock (device.Gate)
        {
            if (_closed) return -Errno.EBADF;
            int refusal = device.Refusal(FakeDevice.Kind(request));
            return refusal != 0 ? -refusal : Answer(request, argument);
        }
    }

    public int Map(long offset, long length, out byte* address)
    {
        address = null;
        lock (device.Gate)
        {
            int refusal = device.Refusal(FakeRequest.Map);
            return refusal != 0 ? -refusal : OnMap(offset, length, out address);
        }
    }

    public void Unmap(byte* address)
    {
        lock (device.Gate) OnUnmap(address);
    }

    public long Read(byte* buffer, long length)
    {
        lock (device.Gate)
        {
            int refusal = device.Refusal(FakeRequest.Read);
            return refusal != 0 ? -refusal : OnRead(buffer, length);
        }
    }

    public long Write(byte* buffer, long length)
    {
        lock (device.Gate)
        {
            int refusal = device.Refusal(FakeRequest.Write);
            return refusal != 0 ? -refusal : OnWrite(buffer, length);
        }
    }

    public PollEvents Wait(PollEvents events, long deadline)
    {
        lock (device.Gate)
        {
            while (true)
            {
                PollEvents ready = device.IsUnplugged ? PollEvents.Error | PollEvents.HangUp : Ready() & (events | PollEvents.Error);
                if (ready != PollEvents.None) return ready;
                long left = deadline == long.MaxValue ? long.MaxValue : deadline - MonotonicClock.Now;
                if (left <= 0) return PollEvents.None;
                Monitor.Wait(device.Gate, (int)Math.Min(left / 1_000_000 + 1, 60_000));
            }
        }
    }

    public void Dispose()
    {
        lock (device.Gate)
        {
            if (_closed) return;
            _closed = true;
            device.OpenFiles--;
            OnClose();
            Monitor.PulseAll(device.Gate);
        }
    }

    internal abstract PollEvents Ready();

    internal abstract void OnClose();

    internal virtual int OnCapability(ref v4l2_capability capability) => -Errno.ENOTTY;

    internal virtual int OnEnumerateFormats(ref v4l2_fmtdesc format) => -Errno.ENOTTY;

    internal virtual int OnEnumerateSizes(ref v4l2_frmsizeenum size) => -Errno.ENOTTY;

    internal virtual int OnEnumerateIntervals(ref v4l2_frmivalenum interval) => -Errno.ENOTTY;

    internal virtual int OnGetFormat(ref v4l2_format format) => -Errno.ENOTTY;

    internal virtual int OnTryFormat(ref v4l2_format format) => -Errno.ENOTTY;

    internal virtual int OnSetFormat(ref v4l2_format format) => -Errno.ENOTTY;

    internal virtual int OnGetParameters(ref v4l2_streamparm parameters) => -Errno.ENOTTY;

    internal virtual int OnSetParameters(ref v4l2_streamparm parameters) => -Errno.ENOTTY;

    internal virtual int OnRequestBuffers(ref v4l2_requestbuffers request) => -Errno.ENOTTY;

    internal virtual int OnQueryBuffer(ref v4l2_buffer buffer) => -Errno.ENOTTY;

    internal virtual int OnQueue(ref v4l2_buffer buffer) => -Errno.ENOTTY;

    internal virtual int OnDequeue(ref v4l2_buffer buffer) => -Errno.ENOTTY;

    internal virtual int OnStream(uint type, bool on) => -Errno.ENOTTY;

    internal virtual int OnSubscribe(ref v4l2_event_subscription subscription) => -Errno.ENOTTY;

    internal virtual int OnDequeueEvent(ref v4l2_event happening) => -Errno.ENOENT;

    internal virtual int OnOther(uint request, void* argument) => -Errno.ENOTTY;

    internal virtual int OnMap(long offset, long length, out byte* address)
    {
        address = null;
        return -Errno.EINVAL;
    }

    internal virtual void OnUnmap(byte* address)
    {
    }

    internal virtual long OnRead(byte* buffer, long length) => -Errno.EINVAL;

    internal virtual long OnWrite(byte* buffer, long length) => -Errno.EINVAL;

    private int Answer(uint request, void* argument) => request switch
    {
        VIDIOC_QUERYCAP => OnCapability(ref *(v4l2_capability*)argument),
        VIDIOC_ENUM_FMT => OnEnumerateFormats(ref *(v4l2_fmtdesc*)argument),
        VIDIOC_ENUM_FRAMESIZES => OnEnumerateSizes(ref *(v4l2_frmsizeenum*)argument),
        VIDIOC_ENUM_FRAMEINTERVALS => OnEnumerateIntervals(ref *(v4l2_frmivalenum*)argument),
        VIDIOC_G_FMT => OnGetFormat(ref *(v4l2_format*)argument),
        VIDIOC_TRY_FMT => OnTryFormat(ref *(v4l2_format*)argument),
        VIDIOC_S_FMT => OnSetFormat(ref *(v4l2_format*)argument),
        VIDIOC_G_PARM => OnGetParameters(ref *(v4l2_streamparm*)argument),
        VIDIOC_S_PARM => OnSetParameters(ref *(v4l2_streamparm*)argument),
        VIDIOC_REQBUFS => OnRequestBuffers(ref *(v4l2_requestbuffers*)argument),
        VIDIOC_QUERYBUF => OnQueryBuffer(ref *(v4l2_buffer*)argument),
        VIDIOC_QBUF => OnQueue(ref *(v4l2_buffer*)argument),
        VIDIOC_DQBUF => OnDequeue(ref *(v4l2_buffer*)argument),
        VIDIOC_STREAMON => OnStream(*(uint*)argument, on: true),
        VIDIOC_STREAMOFF => OnStream(*(uint*)argument, on: false),
        VIDIOC_SUBSCRIBE_EVENT => OnSubscribe(ref *(v4l2_event_subscription*)argument),
        VIDIOC_DQEVENT => OnDequeueEvent(ref *(v4l2_event*)argument),
        _ => OnOther(request, argument),
    };
}
