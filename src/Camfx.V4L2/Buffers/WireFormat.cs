using System.Collections.Immutable;
using Camfx.Frames;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>One of V4L2's pixel formats and how camfx reads it.</summary>
/// <param name="FourCC">V4L2's code.</param>
/// <param name="Format">What it is to camfx; <see cref="PixelFormat.Unknown"/> for H.264.</param>
/// <param name="MemoryPlanes">Separate blocks of memory: 1, or as many as the format has planes (the codes that end in M).</param>
/// <param name="VBeforeU">The chroma planes, or the bytes of each chroma pair, stand in the other order.</param>
internal sealed record WireFormat(uint FourCC, PixelFormat Format, int MemoryPlanes = 1, bool VBeforeU = false)
{
    /// <summary>Those camfx handles, each first in the code it is written with.</summary>
    internal static ImmutableArray<WireFormat> All { get; } =
    [
        new(V4L2_PIX_FMT_YUV420, PixelFormat.I420),
        new(V4L2_PIX_FMT_NV12, PixelFormat.Nv12),
        new(V4L2_PIX_FMT_YUYV, PixelFormat.Yuyv),
        new(V4L2_PIX_FMT_UYVY, PixelFormat.Uyvy),
        new(V4L2_PIX_FMT_YUV422P, PixelFormat.I422),
        new(V4L2_PIX_FMT_YVU420, PixelFormat.I420, VBeforeU: true),
        new(V4L2_PIX_FMT_NV21, PixelFormat.Nv12, VBeforeU: true),
        new(V4L2_PIX_FMT_YUV420M, PixelFormat.I420, MemoryPlanes: 3),
        new(V4L2_PIX_FMT_YVU420M, PixelFormat.I420, MemoryPlanes: 3, VBeforeU: true),
        new(V4L2_PIX_FMT_YUV422M, PixelFormat.I422, MemoryPlanes: 3),
        new(V4L2_PIX_FMT_NV12M, PixelFormat.Nv12, MemoryPlanes: 2),
        new(V4L2_PIX_FMT_NV21M, PixelFormat.Nv12, MemoryPlanes: 2, VBeforeU: true),
        new(V4L2_PIX_FMT_GREY, PixelFormat.Gray8),
        new(V4L2_PIX_FMT_ABGR32, PixelFormat.Bgra),
        new(V4L2_PIX_FMT_XBGR32, PixelFormat.Bgra),
        new(V4L2_PIX_FMT_BGR32, PixelFormat.Bgra),
        new(V4L2_PIX_FMT_RGBA32, PixelFormat.Rgba),
        new(V4L2_PIX_FMT_RGBX32, PixelFormat.Rgba),
        new(V4L2_PIX_FMT_RGB24, PixelFormat.Rgb24),
        new(V4L2_PIX_FMT_BGR24, PixelFormat.Bgr24),
        new(V4L2_PIX_FMT_MJPEG, PixelFormat.Mjpeg),
        new(V4L2_PIX_FMT_JPEG, PixelFormat.Mjpeg),
        new(V4L2_PIX_FMT_H264, PixelFormat.Unknown),
    ];

    /// <summary>Whether a buffer holds a coded picture and not rows of pixels.</summary>
    internal bool IsCoded => Format is PixelFormat.Mjpeg or PixelFormat.Unknown;

    /// <summary>The format with this code; null: camfx does not handle it.</summary>
    internal static WireFormat? Of(uint fourcc)
    {
        foreach (WireFormat format in All)
            if (format.FourCC == fourcc) return format;
        return null;
    }

    /// <summary>The code a format is written to a device with: one block of memory, planes in camfx's order.</summary>
    internal static WireFormat? ToWrite(PixelFormat format)
    {
        foreach (WireFormat candidate in All)
            if (candidate.Format == format && candidate is { MemoryPlanes: 1, VBeforeU: false, IsCoded: false }) return candidate;
        return null;
    }
}
