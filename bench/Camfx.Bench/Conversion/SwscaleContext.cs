using Camfx.Frames;

namespace Camfx.Bench.Conversion;

/// <summary>One prepared conversion of libswscale.</summary>
internal sealed unsafe class SwscaleContext : IDisposable
{
    private readonly nint _context;

    public SwscaleContext(in FrameView source, in FrameView target, int flags)
    {
        _context = Swscale.sws_getContext(
            source.Width, source.Height, Format(source.Format), target.Width, target.Height, Format(target.Format), flags, null, null, null);
        if (_context == 0) throw new InvalidOperationException($"libswscale has no conversion from {source.Format} to {target.Format}.");
    }

    public void Convert(in FrameView source, in FrameView target)
    {
        byte** sources = stackalloc byte*[4] { source.Plane(0), source.Plane(1), source.Plane(2), null };
        byte** targets = stackalloc byte*[4] { target.Plane(0), target.Plane(1), target.Plane(2), null };
        int* sourceStrides = stackalloc int[4] { source.Stride(0), source.Stride(1), source.Stride(2), 0 };
        int* targetStrides = stackalloc int[4] { target.Stride(0), target.Stride(1), target.Stride(2), 0 };
        int rows = Swscale.sws_scale(_context, sources, sourceStrides, 0, source.Height, targets, targetStrides);
        if (rows != target.Height) throw new InvalidOperationException($"libswscale wrote {rows} rows instead of {target.Height}.");
    }

    public void Dispose() => Swscale.sws_freeContext(_context);

    private static int Format(PixelFormat format) => Swscale.av_get_pix_fmt(format switch
    {
        PixelFormat.I420 => "yuv420p",
        PixelFormat.Nv12 => "nv12",
        PixelFormat.I422 => "yuv422p",
        PixelFormat.Yuyv => "yuyv422",
        PixelFormat.Uyvy => "uyvy422",
        PixelFormat.Bgra => "bgra",
        PixelFormat.Rgba => "rgba",
        PixelFormat.Rgb24 => "rgb24",
        PixelFormat.Bgr24 => "bgr24",
        PixelFormat.Gray8 => "gray",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "libswscale is not asked for this format."),
    });
}
