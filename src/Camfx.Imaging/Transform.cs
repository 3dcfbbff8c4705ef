using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Geometry;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>
/// Turns and mirrors pictures in I420, NV12 or GRAY8. Nothing is interpolated: every byte of the source stands once in the target.
/// </summary>
/// <remarks>
/// Thread-safe; allocates nothing. Source and target are different memory, except where a method says otherwise. In a picture of odd size
/// the chroma moves by half a pixel where the last column or row comes first.
/// </remarks>
public static unsafe class Transform
{
    /// <summary>Left becomes right.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="target">Where it goes: same format and size; may be the source itself.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public static void Mirror(in FrameView source, in FrameView target)
    {
        CheckSame(source, target);
        MirrorRows(source, target, upsideDown: false);
    }

    /// <summary>Top becomes bottom.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="target">Where it goes: same format and size; may be the source itself.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public static void Flip(in FrameView source, in FrameView target)
    {
        CheckSame(source, target);
        byte* spare = stackalloc byte[FrameLayout.MaxDimension];
        for (int plane = 0; plane < PixelFormatInfo.Of(source.Format).PlaneCount; plane++)
        {
            int rows = PlaneGeometry.Rows(source.Format, source.Height, plane);
            uint bytes = (uint)PlaneGeometry.RowBytes(source.Format, source.Width, plane);
            for (int y = 0; y < (rows + 1) / 2; y++)
            {
                // Both rows are read before either is written: so it works in place.
                Unsafe.CopyBlockUnaligned(spare, source.Row(plane, y), bytes);
                byte* opposite = source.Row(plane, rows - 1 - y);
                if (opposite != target.Row(plane, y)) Unsafe.CopyBlockUnaligned(target.Row(plane, y), opposite, bytes);
                Unsafe.CopyBlockUnaligned(target.Row(plane, rows - 1 - y), spare, bytes);
            }
        }
    }

    /// <summary>Upside down: mirror and flip.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="target">Where it goes: same format and size, other memory.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public static void Rotate180(in FrameView source, in FrameView target)
    {
        CheckSame(source, target);
        MirrorRows(source, target, upsideDown: true);
    }

    /// <summary>A quarter turn clockwise.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="target">Where it goes: same format, width and height exchanged, other memory.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public static void Rotate90(in FrameView source, in FrameView target) => Transpose(source, target, readUpwards: true);

    /// <summary>A quarter turn counter-clockwise.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="target">Where it goes: same format, width and height exchanged, other memory.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public static void Rotate270(in FrameView source, in FrameView target) => Transpose(source, target, readUpwards: false);

    /// <summary>Copies a part of a picture. <see cref="Region"/> gives the same part without a copy.</summary>
    /// <param name="source">A picture in any format with pixels.</param>
    /// <param name="area">A part that cuts no chroma sample, as <see cref="Region.Of"/> wants it.</param>
    /// <param name="target">Where it goes: same format, the size of the area, other memory.</param>
    /// <exception cref="ArgumentException">The area, the format or the size do not fit.</exception>
    public static void Crop(in FrameView source, in PixelRectangle area, in FrameView target) =>
        FrameCopy.Copy(Region.Of(source, area), target);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MirrorRows(in FrameView source, in FrameView target, bool upsideDown)
    {
        byte* spare = stackalloc byte[FrameLayout.MaxDimension];
        for (int plane = 0; plane < PixelFormatInfo.Of(source.Format).PlaneCount; plane++)
        {
            int rows = PlaneGeometry.Rows(source.Format, source.Height, plane);
            int bytes = PlaneGeometry.RowBytes(source.Format, source.Width, plane);
            for (int y = 0; y < rows; y++)
            {
                byte* from = source.Row(plane, y), to = target.Row(plane, upsideDown ? rows - 1 - y : y);
                if (from == to)
                {
                    Unsafe.CopyBlockUnaligned(spare, from, (uint)bytes);
                    from = spare;
                }

                PlaneRow row = new() { Source0 = from + bytes, Target0 = to };
                if (plane > 0 && source.Format == PixelFormat.Nv12) Traversal.Run<MirrorPairsKernel, PlaneRow>(row, bytes / 2);
                else Traversal.Run<MirrorKernel, PlaneRow>(row, bytes);
            }
        }
    }

    private static void Transpose(in FrameView source, in FrameView target, bool readUpwards)
    {
        CheckFormat(source);
        FrameCheck.SameFormat(source, target);
        if (source.Width != target.Height || source.Height != target.Width)
            throw new ArgumentException(
                $"A quarter turn of {source.Width}x{source.Height} is {source.Height}x{source.Width}, but the target is {target.Width}x{target.Height}.");

        for (int plane = 0; plane < PixelFormatInfo.Of(source.Format).PlaneCount; plane++)
        {
            bool words = plane > 0 && source.Format == PixelFormat.Nv12;
            int width = PlaneGeometry.RowBytes(source.Format, source.Width, plane) / (words ? 2 : 1);
            int height = PlaneGeometry.Rows(source.Format, source.Height, plane);
            byte* from = source.Row(plane, readUpwards ? height - 1 : 0);
            byte* to = target.Row(plane, readUpwards ? 0 : width - 1);
            nint fromStep = readUpwards ? -source.Stride(plane) : source.Stride(plane);
            nint toStep = readUpwards ? target.Stride(plane) : -target.Stride(plane);
            if (words) Transposition.Words(from, fromStep, to, toStep, width, height);
            else Transposition.Bytes(from, fromStep, to, toStep, width, height);
        }
    }

    private static void CheckSame(in FrameView source, in FrameView target)
    {
        CheckFormat(source);
        FrameCheck.SameFormat(source, target);
        FrameCheck.SameSize(source, target);
    }

    private static void CheckFormat(in FrameView source)
    {
        if (source.Format is not (PixelFormat.I420 or PixelFormat.Nv12 or PixelFormat.Gray8))
            throw new ArgumentException($"{source.Format} cannot be turned as it is; convert it to I420 first.");
    }
}
