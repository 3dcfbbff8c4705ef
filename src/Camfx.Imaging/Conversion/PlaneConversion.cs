using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>Chroma of the conversions between formats with planes; luma is a plain copy.</summary>
internal static unsafe class PlaneConversion
{
    /// <summary>I420 to NV12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(in FrameView source, in FrameView target)
    {
        for (int y = 0; y < (source.Height + 1) / 2; y++)
        {
            PlaneRow row = new() { Source0 = source.Row(1, y), Source1 = source.Row(2, y), Target0 = target.Row(1, y) };
            Traversal.Run<InterleaveKernel, PlaneRow>(row, (source.Width + 1) / 2);
        }
    }

    /// <summary>NV12 to I420; to I422 each row twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deinterleave(in FrameView source, in FrameView target, int repeat)
    {
        int rows = PlaneGeometry.Rows(target.Format, target.Height, 1);
        for (int y = 0; y < rows; y++)
        {
            PlaneRow row = new() { Source0 = source.Row(1, y / repeat), Target0 = target.Row(1, y), Target1 = target.Row(2, y) };
            Traversal.Run<DeinterleaveKernel, PlaneRow>(row, (source.Width + 1) / 2);
        }
    }

    /// <summary>I422 to I420: the mean of each two chroma rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average(in FrameView source, in FrameView target)
    {
        for (int plane = 1; plane <= 2; plane++)
        {
            for (int y = 0; y < (source.Height + 1) / 2; y++)
            {
                int next = Math.Min(2 * y + 1, source.Height - 1);
                PlaneRow row = new() { Source0 = source.Row(plane, 2 * y), Source1 = source.Row(plane, next), Target0 = target.Row(plane, y) };
                Traversal.Run<AverageKernel, PlaneRow>(row, (source.Width + 1) / 2);
            }
        }
    }

    /// <summary>I422 to NV12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageInterleave(in FrameView source, in FrameView target)
    {
        for (int y = 0; y < (source.Height + 1) / 2; y++)
        {
            int next = Math.Min(2 * y + 1, source.Height - 1);
            PlaneRow row = new()
            {
                Source0 = source.Row(1, 2 * y),
                Source1 = source.Row(1, next),
                Source2 = source.Row(2, 2 * y),
                Source3 = source.Row(2, next),
                Target0 = target.Row(1, y),
            };
            Traversal.Run<AverageInterleaveKernel, PlaneRow>(row, (source.Width + 1) / 2);
        }
    }

    /// <summary>I420 to I422: each chroma row twice.</summary>
    public static void Repeat(in FrameView source, in FrameView target)
    {
        for (int plane = 1; plane <= 2; plane++)
            for (int y = 0; y < source.Height; y++)
                Unsafe.CopyBlockUnaligned(target.Row(plane, y), source.Row(plane, y / 2), (uint)(source.Width + 1) / 2);
    }

    /// <summary>Chroma of a picture without colour.</summary>
    public static void Neutral(in FrameView target)
    {
        for (int plane = 1; plane < PixelFormatInfo.Of(target.Format).PlaneCount; plane++)
            PlaneCopy.Fill(
                target.Plane(plane), target.Stride(plane), 128,
                PlaneGeometry.RowBytes(target.Format, target.Width, plane), PlaneGeometry.Rows(target.Format, target.Height, plane));
    }
}
