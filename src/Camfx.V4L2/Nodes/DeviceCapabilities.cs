using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>What a node can do: the part of V4L2's capabilities that matters here (linux/videodev2.h).</summary>
[Flags]
public enum DeviceCapabilities : uint
{
    /// <summary>Nothing that matters.</summary>
    None = 0,

    /// <summary>Captures frames of one plane a buffer.</summary>
    Capture = V4L2_CAP_VIDEO_CAPTURE,

    /// <summary>Takes frames of one plane a buffer.</summary>
    Output = V4L2_CAP_VIDEO_OUTPUT,

    /// <summary>Captures frames through the interface of many planes.</summary>
    CapturePlanes = V4L2_CAP_VIDEO_CAPTURE_MPLANE,

    /// <summary>Takes frames through the interface of many planes.</summary>
    OutputPlanes = V4L2_CAP_VIDEO_OUTPUT_MPLANE,

    /// <summary>read() and write() work.</summary>
    ReadWrite = V4L2_CAP_READWRITE,

    /// <summary>Buffers are queued.</summary>
    Streaming = V4L2_CAP_STREAMING,
}
