using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>A device of v4l2loopback, with the behaviour of a version: what all its open files share.</summary>
public sealed unsafe class FakeLoopback : FakeDevice
{
    private static readonly uint[] s_codes =
    [
        V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_UYVY, V4L2_PIX_FMT_YUV420, V4L2_PIX_FMT_YVU420, V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_RGB24, V4L2_PIX_FMT_BGR24,
        V4L2_PIX_FMT_ABGR32, V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_MJPEG,
    ];

    public FakeLoopback(LoopbackVersion version, LoopbackConfig config, bool oldEventId = false)
        : base($"/dev/video{config.Number}")
    {
        Version = version;
        Config = config;
        Shape = new FakeShape(V4L2_PIX_FMT_YUYV, config.Width > 0 ? config.Width : 640, config.Height > 0 ? config.Height : 480);
        OldEventId = oldEventId;
    }

    public LoopbackVersion Version { get; }

    public LoopbackConfig Config { get; }

    /// <summary>The control keep_format.</summary>
    public bool KeepFormat { get; set; }

    /// <summary>Frames writers have shown.</summary>
    public long FramesShown => WritePosition;

    /// <summary>A copy of the newest frame; empty: none yet.</summary>
    public byte[] NewestFrame { get; private set; } = [];

    /// <summary>The newest frame's time, as a reader gets it.</summary>
    public long NewestTimestampNs { get; private set; }

    /// <summary>Whether a writer streams, so that an exclusive device is a camera.</summary>
    public bool IsCamera
    {
        get
        {
            lock (Gate) return HasTokens ? StreamOwner[0] is not null : ReadyForCapture && !ReadyForOutput;
        }
    }

    /// <summary>Whether a reader streams.</summary>
    public bool IsWatched
    {
        get
        {
            lock (Gate) return HasTokens ? StreamOwner[1] is not null : Files.Exists(file => file.Reads);
        }
    }

    /// <summary>Called with each frame shown, under the device's lock.</summary>
    public Action<byte[], long>? FrameShown { get; set; }

    internal bool HasTokens => LoopbackVersions.HasTokens(Version);

    internal bool OldEventId { get; }

    internal bool HasEvent => LoopbackVersions.HasControl(Version);

    internal FakeShape Shape { get; set; }

    internal FrameRate Rate { get; set; } = new(30, 1);

    internal List<FakeLoopbackFile> Files { get; } = [];

    // Since 0.14. Index 0: output, 1: capture.
    internal FakeLoopbackFile?[] FormatOwner { get; } = new FakeLoopbackFile?[2];

    internal FakeLoopbackFile?[] StreamOwner { get; } = new FakeLoopbackFile?[2];

    // Before 0.14.
    internal bool ReadyForCapture { get; set; }

    internal bool ReadyForOutput { get; set; } = true;

    internal List<FakeLoopbackBuffer> Buffers { get; } = [];

    internal int UsedBuffers { get; set; }

    internal List<int> OutputOrder { get; } = [];

    internal int[] PositionToIndex { get; } = new int[LoopbackControl.MostBuffers];

    internal long WritePosition { get; private set; }

    internal static bool Knows(uint code) => s_codes.Contains(code);

    internal static uint? Code(uint index) => index < s_codes.Length ? s_codes[index] : null;

    internal (int Width, int Height) Clamp(uint width, uint height)
    {
        int w = width == 0 ? 640 : (int)Math.Min(width, 8192), h = height == 0 ? 480 : (int)Math.Min(height, 8192);
        // 0.12's devices have no sizes of their own.
        bool pinned = Config.Width > 0 && LoopbackVersions.HasControl(Version);
        return pinned ? (Config.Width, Config.Height) : (w, h);
    }

    internal void Allocate()
    {
        Buffers.Clear();
        OutputOrder.Clear();
        for (int index = 0; index < Config.MaxBuffers; index++)
        {
            Buffers.Add(new FakeLoopbackBuffer(Shape.Size));
            OutputOrder.Add(index);
            PositionToIndex[index] = index;
        }

        UsedBuffers = Config.MaxBuffers;
    }

    internal void Show(int index, uint used, long timestampNs)
    {
        FakeLoopbackBuffer buffer = Buffers[index];
        buffer.Used = used;
        buffer.TimestampNs = timestampNs;
        buffer.Sequence = (uint)WritePosition;
        PositionToIndex[WritePosition % UsedBuffers] = index;
        OutputOrder.Remove(index);
        OutputOrder.Add(index);
        WritePosition++;
        NewestFrame = new ReadOnlySpan<byte>(buffer.Memory.Address, (int)Math.Min(used, buffer.Memory.Length)).ToArray();
        NewestTimestampNs = timestampNs;
        FrameShown?.Invoke(NewestFrame, timestampNs);
        Monitor.PulseAll(Gate);
    }

    internal void TellUsage()
    {
        foreach (FakeLoopbackFile file in Files) file.TellUsage(IsWatched);
        Monitor.PulseAll(Gate);
    }

    internal override FakeFile OpenFile()
    {
        if (OpenFiles >= Config.MaxOpeners) throw VideoException.FromErrno(Errno.EBUSY, "open", Path);
        return HasTokens ? new FakeLoopbackFile(this) : new FakeOldLoopbackFile(this);
    }
}
