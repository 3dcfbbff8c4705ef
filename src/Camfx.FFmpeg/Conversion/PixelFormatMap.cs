using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;

namespace Camfx.FFmpeg.Conversion;

/// <summary>FFmpeg's pixel formats and camfx's, where both mean the same bytes.</summary>
internal static class PixelFormatMap
{
    /// <summary>
    /// camfx's name for an <c>AVPixelFormat</c>, or <see cref="PixelFormat.Unknown"/> when it must be converted first. The yuvj formats are
    /// yuv with a fixed full range.
    /// </summary>
    internal static PixelFormat FromLibAv(int format) => format switch
    {
        AV_PIX_FMT_YUV420P or AV_PIX_FMT_YUVJ420P => PixelFormat.I420,
        AV_PIX_FMT_YUV422P or AV_PIX_FMT_YUVJ422P => PixelFormat.I422,
        AV_PIX_FMT_NV12 => PixelFormat.Nv12,
        AV_PIX_FMT_YUYV422 => PixelFormat.Yuyv,
        AV_PIX_FMT_UYVY422 => PixelFormat.Uyvy,
        AV_PIX_FMT_BGRA => PixelFormat.Bgra,
        AV_PIX_FMT_RGBA => PixelFormat.Rgba,
        AV_PIX_FMT_RGB24 => PixelFormat.Rgb24,
        AV_PIX_FMT_BGR24 => PixelFormat.Bgr24,
        AV_PIX_FMT_GRAY8 => PixelFormat.Gray8,
        _ => PixelFormat.Unknown,
    };

    /// <summary>The <c>AVPixelFormat</c> of a raw camfx format.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The format has no rows of pixels.</exception>
    internal static int ToLibAv(PixelFormat format) => format switch
    {
        PixelFormat.I420 => AV_PIX_FMT_YUV420P,
        PixelFormat.I422 => AV_PIX_FMT_YUV422P,
        PixelFormat.Nv12 => AV_PIX_FMT_NV12,
        PixelFormat.Yuyv => AV_PIX_FMT_YUYV422,
        PixelFormat.Uyvy => AV_PIX_FMT_UYVY422,
        PixelFormat.Bgra => AV_PIX_FMT_BGRA,
        PixelFormat.Rgba => AV_PIX_FMT_RGBA,
        PixelFormat.Rgb24 => AV_PIX_FMT_RGB24,
        PixelFormat.Bgr24 => AV_PIX_FMT_BGR24,
        PixelFormat.Gray8 => AV_PIX_FMT_GRAY8,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, $"'{format}' frames have no rows of pixels."),
    };
}
