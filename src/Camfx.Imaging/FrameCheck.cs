using Camfx.Frames;

namespace Camfx.Imaging;

/// <summary>What the entry points demand of the views they are given.</summary>
internal static class FrameCheck
{
    public static void SameSize(in FrameView source, in FrameView target)
    {
        if (source.Width != target.Width || source.Height != target.Height)
            throw new ArgumentException(
                $"The target is {target.Width}x{target.Height} but the source is {source.Width}x{source.Height}; scale it first.");
    }

    public static void SameFormat(in FrameView source, in FrameView target)
    {
        if (source.Format != target.Format)
            throw new ArgumentException($"The target is {target.Format} but the source is {source.Format}; convert it first.");
    }

    /// <summary>4:2:0 with planes: what effects work on.</summary>
    public static void Planar420(in FrameView view)
    {
        if (view.Format is not (PixelFormat.I420 or PixelFormat.Nv12))
            throw new ArgumentException($"Expected an I420 or NV12 picture, got {view.Format}; convert it first.");
    }

    public static void I420(in FrameView view)
    {
        if (view.Format != PixelFormat.I420)
            throw new ArgumentException($"Expected an I420 picture, got {view.Format}; convert it first.");
    }
}
