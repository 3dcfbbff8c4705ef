using System.Reflection;
using Camfx.Frames;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>The table of pixel formats: the codes V4L2 and PipeWire know them by.</summary>
internal sealed class PixelFormatBindings : NativeBindings
{
    internal override Assembly Assembly => typeof(PixelFormatInfo).Assembly;

    internal override string Name => "Camfx.Frames.PixelFormats";

    internal override bool Covers(string @namespace) => false;

    internal override void Describe(BindingTable table)
    {
        table.Package("libspa-0.2");
        table.Headers("linux/videodev2.h", "spa/param/video/raw.h");
        Check(PixelFormat.I420, "V4L2_PIX_FMT_YUV420", "SPA_VIDEO_FORMAT_I420");
        Check(PixelFormat.Nv12, "V4L2_PIX_FMT_NV12", "SPA_VIDEO_FORMAT_NV12");
        Check(PixelFormat.I422, "V4L2_PIX_FMT_YUV422P", "SPA_VIDEO_FORMAT_Y42B");
        Check(PixelFormat.Yuyv, "V4L2_PIX_FMT_YUYV", "SPA_VIDEO_FORMAT_YUY2");
        Check(PixelFormat.Uyvy, "V4L2_PIX_FMT_UYVY", "SPA_VIDEO_FORMAT_UYVY");
        Check(PixelFormat.Bgra, "V4L2_PIX_FMT_ABGR32", "SPA_VIDEO_FORMAT_BGRA");
        Check(PixelFormat.Rgba, "V4L2_PIX_FMT_RGBA32", "SPA_VIDEO_FORMAT_RGBA");
        Check(PixelFormat.Rgb24, "V4L2_PIX_FMT_RGB24", "SPA_VIDEO_FORMAT_RGB");
        Check(PixelFormat.Bgr24, "V4L2_PIX_FMT_BGR24", "SPA_VIDEO_FORMAT_BGR");
        Check(PixelFormat.Gray8, "V4L2_PIX_FMT_GREY", "SPA_VIDEO_FORMAT_GRAY8");
        Check(PixelFormat.Mjpeg, "V4L2_PIX_FMT_MJPEG", "SPA_VIDEO_FORMAT_UNKNOWN");
        Assert.Equal(PixelFormatInfo.All.Length, table.Conditions.Count / 2);

        void Check(PixelFormat format, string fourcc, string spa)
        {
            PixelFormatInfo info = PixelFormatInfo.Of(format);
            table.Condition($"{fourcc} == {info.FourCC}u", $"{info.Name} is 0x{info.FourCC:x} in C#, not {fourcc}");
            table.Condition($"{spa} == {info.SpaId}", $"{info.Name} is {info.SpaId} in C#, not {spa}");
        }
    }
}
