using Camfx.Frames;
using Camfx.Imaging.Planes;

namespace Camfx.Imaging;

/// <summary>Copies whole frames of one format.</summary>
/// <remarks>Thread-safe; allocates nothing. The caller owns the memory of both views.</remarks>
public static unsafe class FrameCopy
{
    /// <summary>Copies every pixel; each plane in one piece where neither side has gaps between rows. Gaps are not touched.</summary>
    /// <param name="source">The picture to copy.</param>
    /// <param name="target">Where it goes: same format and size, not overlapping the source.</param>
    /// <exception cref="ArgumentException">Format or size differ.</exception>
    public static void Copy(in FrameView source, in FrameView target)
    {
        FrameCheck.SameSize(source, target);
        FrameCheck.SameFormat(source, target);
        for (int plane = 0; plane < PixelFormatInfo.Of(source.Format).PlaneCount; plane++) CopyPlane(source, target, plane);
    }

    internal static void CopyPlane(in FrameView source, in FrameView target, int plane) => PlaneCopy.Copy(
        source.Plane(plane), source.Stride(plane), target.Plane(plane), target.Stride(plane),
        PlaneGeometry.RowBytes(source.Format, source.Width, plane), PlaneGeometry.Rows(source.Format, source.Height, plane));
}
