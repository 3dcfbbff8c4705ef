using Camfx.Frames;
using Camfx.Imaging.Conversion;

namespace Camfx.Imaging;

/// <summary>
/// Converts between pixel formats at the same size: anything to I420 or NV12 and back. Between YUV formats bytes are only repacked; chroma is
/// averaged (rounded) on the way down and repeated on the way up; if matrix or range differ, they are changed in a second step. RGB is computed by
/// the matrix and range of the YUV side, within one code of the exact value; alpha is ignored on the way in and opaque on the way out.
/// </summary>
/// <remarks>Thread-safe; allocates nothing. The caller owns the memory of both views, which may not overlap. Bytes between rows are not touched.</remarks>
public static unsafe class Converter
{
    /// <summary>Whether <see cref="Convert"/> knows the way.</summary>
    public static bool CanConvert(PixelFormat from, PixelFormat to) =>
        HasPixels(from) && HasPixels(to) && (from == to || IsPlanar420(from) || IsPlanar420(to));

    /// <summary>Converts one frame.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="target">
    /// Where it goes: same size. Between YUV formats its matrix and range may differ from the source's only if it is I420 or NV12.
    /// </param>
    /// <exception cref="ArgumentException">Sizes differ, or there is no such conversion.</exception>
    public static void Convert(in FrameView source, in FrameView target)
    {
        FrameCheck.SameSize(source, target);
        if (!CanConvert(source.Format, target.Format))
            throw new ArgumentException($"There is no conversion from {source.Format} to {target.Format}; go by way of I420.");
        bool recolor = HasOtherColor(source, target);
        if (recolor && !IsPlanar420(target.Format))
            throw new ArgumentException(
                $"The target is {target.Matrix} {target.Range} but the source is {source.Matrix} {source.Range}; "
                + $"{target.Format} cannot be recoloured. Go by way of I420.");
        if (source.Format == target.Format) FrameCopy.Copy(source, target);
        else if (target.Format == PixelFormat.I420) ToPlanar<PlanarChroma>(source, target);
        else if (target.Format == PixelFormat.Nv12) ToPlanar<InterleavedChroma>(source, target);
        else if (source.Format == PixelFormat.I420) FromPlanar<PlanarChroma>(source, target);
        else FromPlanar<InterleavedChroma>(source, target);
        if (recolor) Recolor(source, target);
    }

    private static bool HasPixels(PixelFormat format) => format is > PixelFormat.Unknown and < PixelFormat.Mjpeg;

    private static bool IsPlanar420(PixelFormat format) => format is PixelFormat.I420 or PixelFormat.Nv12;

    private static bool HasOtherColor(in FrameView source, in FrameView target)
    {
        if (!PixelFormatInfo.Of(source.Format).IsYuv || !PixelFormatInfo.Of(target.Format).IsYuv) return false;
        bool grey = source.Format == PixelFormat.Gray8 || target.Format == PixelFormat.Gray8;
        return source.Range != target.Range || (source.Matrix != target.Matrix && !grey);
    }

    /// <summary>The codes in <paramref name="target"/> are still the source's; this makes them its own.</summary>
    private static void Recolor(in FrameView source, in FrameView target)
    {
        short* constants = stackalloc short[RecolorConstants.Length];
        // Grey has no chroma, so no matrix either.
        ColorMatrix sourceMatrix = source.Format == PixelFormat.Gray8 ? target.Matrix : source.Matrix;
        RecolorConstants.Write(constants, sourceMatrix, source.Range, target.Matrix, target.Range);
        // The kernel works in place; it has no packed side.
        if (target.Format == PixelFormat.I420) PairConversion.Run<RecolorKernel<PlanarChroma>>(target, target, constants);
        else PairConversion.Run<RecolorKernel<InterleavedChroma>>(target, target, constants);
    }

    private static void ToPlanar<TChroma>(in FrameView source, in FrameView target)
        where TChroma : struct, IChromaLayout
    {
        switch (source.Format)
        {
            case PixelFormat.I420:
                FrameCopy.CopyPlane(source, target, 0);
                PlaneConversion.Interleave(source, target);
                break;
            case PixelFormat.Nv12:
                FrameCopy.CopyPlane(source, target, 0);
                PlaneConversion.Deinterleave(source, target, 1);
                break;
            case PixelFormat.I422:
                FrameCopy.CopyPlane(source, target, 0);
                if (target.Format == PixelFormat.I420) PlaneConversion.Average(source, target);
                else PlaneConversion.AverageInterleave(source, target);
                break;
            case PixelFormat.Gray8:
                FrameCopy.CopyPlane(source, target, 0);
                PlaneConversion.Neutral(target);
                break;
            case PixelFormat.Yuyv:
                PairConversion.Run<UnpackYuvKernel<YuyvOrder, TChroma>>(source, target, null);
                break;
            case PixelFormat.Uyvy:
                PairConversion.Run<UnpackYuvKernel<UyvyOrder, TChroma>>(source, target, null);
                break;
            case PixelFormat.Bgra:
                FromRgb<BgraLayout, TChroma>(source, target);
                break;
            case PixelFormat.Rgba:
                FromRgb<RgbaLayout, TChroma>(source, target);
                break;
            case PixelFormat.Rgb24:
                FromRgb<Rgb24Layout, TChroma>(source, target);
                break;
            case PixelFormat.Bgr24:
                FromRgb<Bgr24Layout, TChroma>(source, target);
                break;
        }
    }

    private static void FromPlanar<TChroma>(in FrameView source, in FrameView target)
        where TChroma : struct, IChromaLayout
    {
        switch (target.Format)
        {
            case PixelFormat.I422:
                FrameCopy.CopyPlane(source, target, 0);
                if (source.Format == PixelFormat.I420) PlaneConversion.Repeat(source, target);
                else PlaneConversion.Deinterleave(source, target, 2);
                break;
            case PixelFormat.Gray8:
                FrameCopy.CopyPlane(source, target, 0);
                break;
            case PixelFormat.Yuyv:
                PairConversion.Run<PackYuvKernel<YuyvOrder, TChroma>>(target, source, null);
                break;
            case PixelFormat.Uyvy:
                PairConversion.Run<PackYuvKernel<UyvyOrder, TChroma>>(target, source, null);
                break;
            case PixelFormat.Bgra:
                ToRgb<BgraLayout, TChroma>(source, target);
                break;
            case PixelFormat.Rgba:
                ToRgb<RgbaLayout, TChroma>(source, target);
                break;
            case PixelFormat.Rgb24:
                ToRgb<Rgb24Layout, TChroma>(source, target);
                break;
            case PixelFormat.Bgr24:
                ToRgb<Bgr24Layout, TChroma>(source, target);
                break;
        }
    }

    private static void FromRgb<TPixel, TChroma>(in FrameView source, in FrameView target)
        where TPixel : struct, IRgbLayout
        where TChroma : struct, IChromaLayout
    {
        short* constants = stackalloc short[RgbToYuvConstants.Length];
        RgbToYuvConstants.Write(constants, target.Matrix, target.Range);
        PairConversion.Run<RgbToYuvKernel<TPixel, TChroma>>(source, target, constants);
    }

    private static void ToRgb<TPixel, TChroma>(in FrameView source, in FrameView target)
        where TPixel : struct, IRgbLayout
        where TChroma : struct, IChromaLayout
    {
        short* constants = stackalloc short[YuvToRgbConstants.Length];
        YuvToRgbConstants.Write(constants, source.Matrix, source.Range);
        PairConversion.Run<YuvToRgbKernel<TPixel, TChroma>>(target, source, constants);
    }
}
