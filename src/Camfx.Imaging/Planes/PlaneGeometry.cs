using Camfx.Frames;

namespace Camfx.Imaging.Planes;

/// <summary>How many bytes of a plane's row are pixels.</summary>
internal static class PlaneGeometry
{
    /// <summary>Bytes of pixels in one row of a plane; what lies between them and the stride is nobody's.</summary>
    public static int RowBytes(PixelFormat format, int width, int plane) => format switch
    {
        PixelFormat.I420 or PixelFormat.I422 => plane == 0 ? width : (width + 1) / 2,
        PixelFormat.Nv12 => plane == 0 ? width : (width + 1) / 2 * 2,
        PixelFormat.Yuyv or PixelFormat.Uyvy => (width + 1) / 2 * 4,
        _ => width * PixelFormatInfo.Of(format).BytesPerPixel,
    };

    /// <summary>Rows of a plane.</summary>
    public static int Rows(PixelFormat format, int height, int plane) =>
        plane > 0 && format is (PixelFormat.I420 or PixelFormat.Nv12) ? (height + 1) / 2 : height;
}
