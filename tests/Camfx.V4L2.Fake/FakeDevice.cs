using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>A device in this process: what every open file of it shares, and what a test does to it.</summary>
public abstract class FakeDevice
{
    private readonly Dictionary<FakeRequest, (int Errno, int Times)> _refusals = [];
    private readonly Dictionary<FakeRequest, int> _counts = [];

    protected FakeDevice(string path) => Path = path;

    public string Path { get; }

    /// <summary>Files open now.</summary>
    public int OpenFiles { get; internal set; }

    /// <summary>Whether it was pulled out: every request then answers ENODEV.</summary>
    public bool IsUnplugged { get; private set; }

    /// <summary>Guards all state; pulsed when something happens that a waiter may wait for.</summary>
    internal object Gate { get; } = new();

    /// <summary>Opens it.</summary>
    /// <exception cref="VideoException">As the kernel refuses.</exception>
    public IVideoFile Open()
    {
        lock (Gate)
        {
            if (IsUnplugged) throw VideoException.FromErrno(Errno.ENODEV, "open", Path);
            FakeFile file = OpenFile();
            OpenFiles++;
            return file;
        }
    }

    /// <summary>Lets the next requests of a kind fail.</summary>
    public void Refuse(FakeRequest request, int errno, int times = 1)
    {
        lock (Gate) _refusals[request] = (errno, times);
    }

    /// <summary>How often a request was made, refused ones included.</summary>
    public int Count(FakeRequest request)
    {
        lock (Gate) return _counts.GetValueOrDefault(request);
    }

    /// <summary>Pulls it out.</summary>
    public void Unplug()
    {
        lock (Gate)
        {
            IsUnplugged = true;
            Monitor.PulseAll(Gate);
        }
    }

    internal abstract FakeFile OpenFile();

    /// <summary>The errno value a request is to fail with, or 0.</summary>
    internal int Refusal(FakeRequest request)
    {
        _counts[request] = _counts.GetValueOrDefault(request) + 1;
        if (IsUnplugged) return Errno.ENODEV;
        if (!_refusals.TryGetValue(request, out (int Errno, int Times) refusal)) return 0;
        if (refusal.Times <= 1) _refusals.Remove(request);
        else _refusals[request] = (refusal.Errno, refusal.Times - 1);
        return refusal.Errno;
    }

    internal static FakeRequest Kind(uint request) => request switch
    {
        VIDIOC_QUERYCAP => FakeRequest.QueryCapability,
        VIDIOC_ENUM_FMT => FakeRequest.EnumerateFormats,
        VIDIOC_ENUM_FRAMESIZES => FakeRequest.EnumerateSizes,
        VIDIOC_ENUM_FRAMEINTERVALS => FakeRequest.EnumerateIntervals,
        VIDIOC_G_FMT => FakeRequest.GetFormat,
        VIDIOC_S_FMT => FakeRequest.SetFormat,
        VIDIOC_G_PARM => FakeRequest.GetParameters,
        VIDIOC_S_PARM => FakeRequest.SetParameters,
        VIDIOC_REQBUFS => FakeRequest.RequestBuffers,
        VIDIOC_QUERYBUF => FakeRequest.QueryBuffer,
        VIDIOC_QBUF => FakeRequest.Queue,
        VIDIOC_DQBUF => FakeRequest.Dequeue,
        VIDIOC_STREAMON => FakeRequest.StreamOn,
        VIDIOC_STREAMOFF => FakeRequest.StreamOff,
        VIDIOC_SUBSCRIBE_EVENT => FakeRequest.Subscribe,
        VIDIOC_S_EXT_CTRLS or VIDIOC_S_CTRL => FakeRequest.SetControl,
        _ => FakeRequest.Other,
    };
}
