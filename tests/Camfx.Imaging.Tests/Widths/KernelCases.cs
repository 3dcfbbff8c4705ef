using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Widths;

/// <summary>
/// Every public operation at every width from 1 to twice the longest step plus one, with odd strides and unaligned starts. Each case
/// gives the hash of what it wrote; two processes must agree on all of them.
/// </summary>
internal static class KernelCases
{
    /// <summary>The longest step is 128 pixels: 64 pairs of columns.</summary>
    private const int LargestWidth = 2 * 128 + 1;

    private static readonly PixelFormat[] s_planar = [PixelFormat.I420, PixelFormat.Nv12];

    public static void Run(Action<string, ulong> report)
    {
        using GuardedMemory sources = new(1 << 20), targets = new(1 << 20);
        KernelCase test = new(sources, targets, report);
        Conversions(test);
        Recoloring(test);
        Scaling(test);
        Transforms(test);
        Segmentations(test);
        Adjustments(test);
        Overlays(test);
        Blurs(test);
        Mattes(test);
        Upsamplings(test);
        PictureCases.Run(test, LargestWidth);
        SpatialCases.Run(test, LargestWidth);
    }

    private static void Conversions(KernelCase test)
    {
        foreach (PixelFormatInfo from in PixelFormatInfo.All)
        {
            foreach (PixelFormatInfo to in PixelFormatInfo.All)
            {
                if (!Converter.CanConvert(from.Format, to.Format)) continue;
                for (int width = 1; width <= LargestWidth; width++)
                {
                    int height = 1 + width % 3;
                    ColorMatrix matrix = width % 2 == 0 ? ColorMatrix.Bt601 : ColorMatrix.Bt709;
                    ColorRange range = width % 4 < 2 ? ColorRange.Limited : ColorRange.Full;
                    test.Run(
                        $"convert/{from.Name}/{to.Name}/{width}x{height}",
                        () => test.Source(from.Format, width, height, matrix, range),
                        () => test.Target(to.Format, width, height, matrix, range),
                        Converter.Convert);
                }
            }
        }
    }

    private static void Scaling(KernelCase test)
    {
        foreach (PixelFormatInfo info in PixelFormatInfo.All)
        {
            if (!Scaler.CanScale(info.Format)) continue;
            for (int width = 1; width <= LargestWidth; width += info.Format == PixelFormat.I420 ? 1 : 13)
            {
                foreach (int targetWidth in (ReadOnlySpan<int>)[1, width, width * 2 + 1, width * 3 / 4 + 1, width / 2 + 1, width / 5 + 1])
                {
                    int height = 1 + width % 5, targetHeight = 1 + targetWidth % 4;
                    Scaler scaler = new(width, height, targetWidth, targetHeight);
                    test.Run(
                        $"scale/{info.Name}/{width}x{height}/{targetWidth}x{targetHeight}",
                        () => test.Source(info.Format, width, height),
                        () => test.Target(info.Format, targetWidth, targetHeight),
                        scaler.Scale);
                }
            }
        }
    }

    private static void Recoloring(KernelCase test)
    {
        foreach (PixelFormat format in s_planar)
        {
            for (int width = 1; width <= LargestWidth; width++)
            {
                int height = 1 + width % 3;
                ColorRange from = width % 2 == 0 ? ColorRange.Limited : ColorRange.Full, to = width % 3 == 0 ? ColorRange.Limited : ColorRange.Full;
                test.Run(
                    $"recolor/{format}/{width}x{height}",
                    () => test.Source(PixelFormat.I420, width, height, ColorMatrix.Bt709, from),
                    () => test.Target(format, width, height, ColorMatrix.Bt601, to),
                    Converter.Convert);
            }
        }
    }

    private static void Transforms(KernelCase test)
    {
        foreach (PixelFormat format in s_planar)
        {
            for (int width = 1; width <= LargestWidth; width++)
            {
                int height = 1 + width * 7 % 40;
                Run("mirror", width, height, Transform.Mirror);
                Run("flip", width, height, Transform.Flip);
                Run("rotate180", width, height, Transform.Rotate180);
                Run("rotate90", height, width, Transform.Rotate90);
                Run("rotate270", height, width, Transform.Rotate270);

                void Run(string name, int targetWidth, int targetHeight, KernelCase.Operation operation) => test.Run(
                    $"{name}/{format}/{width}x{height}",
                    () => test.Source(format, width, height),
                    () => test.Target(format, targetWidth, targetHeight),
                    operation);
            }
        }
    }

    private static void Adjustments(KernelCase test)
    {
        ColorAdjust adjust = new(
            new ColorSettings { Brightness = 7, Contrast = 1.3, Saturation = 0.6, Gamma = 1.2 }, ColorRange.Limited);
        foreach (PixelFormat format in s_planar)
        {
            for (int width = 1; width <= LargestWidth; width++)
            {
                test.Run(
                    $"adjust/{format}/{width}", () => test.Source(format, width, 3), () => test.Target(format, width, 3), adjust.Apply);
            }
        }
    }

    private static void Overlays(KernelCase test)
    {
        for (int width = 1; width <= LargestWidth; width++)
        {
            int x = width % 7 - 3, y = width % 5 - 2;
            double opacity = width % 3 == 0 ? 1 : 0.7;
            test.Run(
                $"blend/{width}", () => test.Source(PixelFormat.Bgra, width, 5), () => test.Target(PixelFormat.I420, width + 2, 4),
                (in FrameView source, in FrameView target) =>
                    new Overlay(source, target.Matrix, target.Range).Blend(target, x, y, opacity));
        }
    }

    private static void Blurs(KernelCase test)
    {
        for (int width = 1; width <= 2 * LargestWidth; width++)
        {
            int height = 1 + width % 11;
            GaussianBlur blur = new(width, height, width % 2 == 0 ? 5.5 : 12);
            test.Run(
                $"blur/{width}x{height}", () => test.Source(PixelFormat.I420, width, height), () => test.Target(PixelFormat.I420, width, height),
                (in FrameView _, in FrameView target) => blur.Apply(target));
        }
    }

    private static void Mattes(KernelCase test)
    {
        for (int width = 1; width <= LargestWidth; width++)
        {
            Matte matte = new(width, 5);
            test.Run(
                $"matte/{width}", () => test.Source(PixelFormat.I420, width, 5), () => test.Target(PixelFormat.I420, width, 5),
                (in FrameView source, in FrameView target) =>
                {
                    FrameCopy.CopyPlane(source, matte.Luma, 0);
                    matte.Update();
                    matte.PutBehind(source, target);
                });
        }
    }

    private static void Upsamplings(KernelCase test)
    {
        for (int width = 1; width <= 2 * LargestWidth; width++)
        {
            int height = 1 + width % 13;
            Matte matte = new(width, height);
            Picture mask = Picture.Noisy(PixelFormat.Gray8, 16, 9);
            GuidedUpsampler upsampler = new(16, 9, width, height);
            test.Run(
                $"upsample/{width}x{height}", () => test.Source(PixelFormat.I420, width, height), () => test.Target(PixelFormat.I420, width, height),
                (in FrameView source, in FrameView target) =>
                {
                    upsampler.Apply(mask.View, source, matte);
                    FrameCopy.CopyPlane(matte.Luma, target, 0);
                });
        }
    }

    private static unsafe void Segmentations(KernelCase test)
    {
        for (int width = 2; width <= LargestWidth; width += 2)
        {
            int height = 2 + width % 14 / 2 * 2;
            EmptySceneRecorder recorder = new(width, height);
            Picture scene = Picture.Noisy(PixelFormat.I420, width, height);
            for (int i = 0; i < EmptySceneRecorder.SmallestCount; i++) recorder.Add(scene.View);
            PlateSegmenter segmenter = new(recorder.Finish());
            test.Run(
                $"segment/{width}x{height}", () => test.Source(PixelFormat.I420, width, height), () => test.Target(PixelFormat.Gray8, width, height),
                (in FrameView source, in FrameView target) =>
                {
                    // The scene as it is, then something else in half of it: all steps have something to do.
                    Picture seen = new(PixelFormat.I420, width, height);
                    FrameCopy.Copy(scene.View, seen.View);
                    segmenter.Segment(seen.View, target);
                    for (int y = 0; y < height / 2; y++) new ReadOnlySpan<byte>(source.Row(0, y), width).CopyTo(new Span<byte>(seen.View.Row(0, y), width));
                    segmenter.Segment(seen.View, target);
                });
        }
    }
}
