using System.Runtime.InteropServices;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Bench.Conversion;

/// <summary>
/// Scaling beside libswscale on one thread, taking turns in one process, and what the effects' kernels cost at 1920x1080. Prints Markdown tables.
/// </summary>
internal static unsafe class ScalingBench
{
    private const int Rounds = 21;

    /// <summary>Runs the comparison.</summary>
    public static int Run()
    {
        if (!Swscale.IsAvailable)
        {
            Console.Error.WriteLine("libswscale is not installed; install libswscale6 (Debian 12) or libswscale8 (Debian 13).");
            return 1;
        }

        Swscale.av_log_set_level(8);
        Console.WriteLine("| one thread | camfx µs, median (min–max) | swscale µs, median (min–max) | camfx / swscale |");
        Console.WriteLine("|---|--:|--:|--:|");
        Scale(PixelFormat.I420, 1280, 720, 1920, 1080);
        Scale(PixelFormat.I420, 1920, 1080, 1280, 720);
        Scale(PixelFormat.I420, 1920, 1080, 1440, 810);
        Scale(PixelFormat.I420, 1920, 1080, 640, 360);
        Scale(PixelFormat.I420, 3840, 2160, 1280, 720);
        Scale(PixelFormat.Nv12, 1280, 720, 1920, 1080);
        Scale(PixelFormat.Bgra, 1280, 720, 1920, 1080);
        Console.WriteLine();
        Console.WriteLine("| I420 1920x1080, one thread | µs, median (min–max) |");
        Console.WriteLine("|---|--:|");
        Effects();
        return 0;
    }

    private static void Scale(PixelFormat format, int width, int height, int targetWidth, int targetHeight)
    {
        FrameView source = Allocate(format, width, height), target = Allocate(format, targetWidth, targetHeight);
        Scaler scaler = new(width, height, targetWidth, targetHeight);
        using SwscaleContext fast = new(source, target, Swscale.SWS_FAST_BILINEAR);
        using SwscaleContext bilinear = new(source, target, Swscale.SWS_BILINEAR);
        using SwscaleContext area = new(source, target, Swscale.SWS_AREA);
        Timing camfx = new(() => scaler.Scale(source, target));
        Timing[] swscale = [new(() => fast.Convert(source, target)), new(() => bilinear.Convert(source, target)), new(() => area.Convert(source, target))];
        Measure([camfx, .. swscale]);
        Timing best = swscale.MinBy(static timing => timing.Median)!;
        Console.WriteLine(FormattableString.Invariant(
            $"| {format} {width}x{height} → {targetWidth}x{targetHeight} | {camfx} | {best} | {camfx.Median / best.Median:F2} |"));
        NativeMemory.AlignedFree(source.Plane(0));
        NativeMemory.AlignedFree(target.Plane(0));
    }

    private static void Effects()
    {
        FrameView source = Allocate(PixelFormat.I420, 1920, 1080), target = Allocate(PixelFormat.I420, 1920, 1080);
        FrameView turned = Allocate(PixelFormat.I420, 1080, 1920), picture = Allocate(PixelFormat.Bgra, 1920, 1080);
        FrameView full = new(
            PixelFormat.I420, 1920, 1080, ColorMatrix.Bt601, ColorRange.Full,
            target.Plane(0), target.Stride(0), target.Plane(1), target.Stride(1), target.Plane(2), target.Stride(2));
        ColorAdjust adjust = new(new ColorSettings { Brightness = 10, Contrast = 1.2, Saturation = 1.3, Gamma = 1.1 }, ColorRange.Limited);
        Overlay overlay = new(picture, ColorMatrix.Bt601, ColorRange.Limited);
        GaussianBlur blur = new(1920, 1080, 8);
        Matte mixed = Oval(soft: 1080), person = Oval(soft: 12);
        GuidedUpsampler upsampler = new(256, 144, 1920, 1080);
        FrameView mask = Allocate(PixelFormat.Gray8, 256, 144), small = Allocate(PixelFormat.I420, 256, 144);
        PlateSegmenter segmenter = Segmenter(source, small);
        (string Name, Timing Timing)[] effects =
        [
            ("copy", new(() => FrameCopy.Copy(source, target))),
            ("fill", new(() => Fill.Black(target))),
            ("mirror", new(() => Transform.Mirror(source, target))),
            ("mirror in place", new(() => Transform.Mirror(target, target))),
            ("flip", new(() => Transform.Flip(source, target))),
            ("rotate 90°", new(() => Transform.Rotate90(source, turned))),
            ("rotate 180°", new(() => Transform.Rotate180(source, target))),
            ("adjust in place", new(() => adjust.Apply(target, target))),
            ("overlay, whole frame", new(() => overlay.Blend(target, 0, 0, 0.8))),
            ("blur, σ 8", new(() => blur.Apply(target))),
            ("blur behind a person", new(() => blur.Apply(target, person))),
            ("blur behind a matte that mixes everywhere", new(() => blur.Apply(target, mixed))),
            ("replace behind a person", new(() => person.PutBehind(source, target))),
            ("replace behind a matte that mixes everywhere", new(() => mixed.PutBehind(source, target))),
            ("matte from a mask of 256x144", new(() => upsampler.Apply(mask, source, mixed))),
            ("take a matte over", new(person.Update)),
            ("plate: who is in front, 256x144", new(() => segmenter.Segment(small, mask))),
            ("limited → full range", new(() => Converter.Convert(source, full))),
        ];
        Measure([.. effects.Select(static effect => effect.Timing)]);
        foreach ((string name, Timing timing) in effects) Console.WriteLine($"| {name} | {timing} |");
        foreach (FrameView view in (ReadOnlySpan<FrameView>)[source, target, turned, picture, mask, small]) NativeMemory.AlignedFree(view.Plane(0));
    }

    /// <summary>One for the small form of a picture, in which somebody is then put.</summary>
    private static PlateSegmenter Segmenter(FrameView source, FrameView small)
    {
        new Scaler(1920, 1080, 256, 144).Scale(source, small);
        EmptySceneRecorder recorder = new(256, 144);
        for (int i = 0; i < EmptySceneRecorder.SmallestCount; i++) recorder.Add(small);
        for (int y = 40; y < 144; y++) new Span<byte>(small.Row(0, y) + 90, 80).Fill((byte)(60 + y));
        return new PlateSegmenter(recorder.Finish());
    }

    /// <summary>Somebody in the middle, with an edge of so many pixels.</summary>
    private static Matte Oval(double soft)
    {
        Matte matte = new(1920, 1080);
        for (int y = 0; y < 1080; y++)
        {
            for (int x = 0; x < 1920; x++)
            {
                double away = Math.Sqrt(Math.Pow((x - 960) / 420.0, 2) + Math.Pow((y - 640) / 520.0, 2));
                matte.Luma.Row(0, y)[x] = (byte)Math.Clamp(128 + (1 - away) * 420 * 255 / soft, 0, 255);
            }
        }

        matte.Update();
        return matte;
    }

    private static void Measure(ReadOnlySpan<Timing> all)
    {
        foreach (Timing timing in all) timing.WarmUp(5);
        for (int round = 0; round < Rounds; round++)
            foreach (Timing timing in all) timing.Sample(3);
    }

    private static FrameView Allocate(PixelFormat format, int width, int height)
    {
        FrameLayout layout = FrameLayout.Packed(format, width, height);
        byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)layout.Size + 4096, 4096);
        new Random(1).NextBytes(new Span<byte>(memory, layout.Size));
        return new FrameView(memory, layout, ColorMatrix.Bt601, ColorRange.Limited);
    }
}
