using Camfx.Frames;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>A format and its sizes, as v4l2_fill_pixfmt and drivers compute them.</summary>
internal sealed record FakeShape(uint Code, int Width, int Height, int Alignment = 1, int Extra = 0)
{
    internal int Planes => WireFormat.Of(Code)?.MemoryPlanes ?? 1;

    internal int Stride => Code switch
    {
        V4L2_PIX_FMT_MJPEG or V4L2_PIX_FMT_JPEG or V4L2_PIX_FMT_H264 => 0,
        V4L2_PIX_FMT_YUYV or V4L2_PIX_FMT_UYVY => Aligned(Width * 2),
        V4L2_PIX_FMT_RGB24 or V4L2_PIX_FMT_BGR24 => Aligned(Width * 3),
        V4L2_PIX_FMT_ABGR32 or V4L2_PIX_FMT_RGBA32 => Aligned(Width * 4),
        _ => Aligned(Width),
    };

    internal int Size => Planes == 1 ? Sizes.Sum() : Sizes[0];

    /// <summary>Bytes of each of the format's planes, whether they share a block or not.</summary>
    internal int[] Sizes => WireFormat.Of(Code)?.Format switch
    {
        PixelFormat.I420 => [Stride * Height, Stride / 2 * (Height / 2), Stride / 2 * (Height / 2)],
        PixelFormat.I422 => [Stride * Height, Stride / 2 * Height, Stride / 2 * Height],
        PixelFormat.Nv12 => [Stride * Height, Stride * (Height / 2)],
        PixelFormat.Mjpeg or PixelFormat.Unknown or null => [Width * Height],
        _ => [Stride * Height],
    };

    internal void Fill(ref v4l2_format format)
    {
        if (format.type is V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE or V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE)
        {
            format.pix_mp.width = (uint)Width;
            format.pix_mp.height = (uint)Height;
            format.pix_mp.pixelformat = Code;
            format.pix_mp.field = V4L2_FIELD_NONE;
            format.pix_mp.num_planes = (byte)Planes;
            for (int plane = 0; plane < Planes; plane++)
            {
                format.pix_mp.plane_fmt[plane].sizeimage = (uint)PlaneSize(plane);
                format.pix_mp.plane_fmt[plane].bytesperline = (uint)(plane == 0 || Planes == 2 ? Stride : Stride / 2);
            }

            return;
        }

        format.pix.width = (uint)Width;
        format.pix.height = (uint)Height;
        format.pix.pixelformat = Code;
        format.pix.field = V4L2_FIELD_NONE;
        format.pix.bytesperline = (uint)Stride;
        format.pix.sizeimage = (uint)Size;
        if (format.pix.colorspace == 0) format.pix.colorspace = V4L2_COLORSPACE_SRGB;
    }

    /// <summary>Bytes of one block of memory.</summary>
    internal int PlaneSize(int plane) => (Planes == 1 ? Size : Sizes[plane]) + Extra;

    private int Aligned(int bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
