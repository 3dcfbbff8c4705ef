using System.Runtime.InteropServices;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Bench.Conversion;

/// <summary>
/// Every conversion at 1920x1080 on one thread beside libswscale in its fastest mode, taking turns in one process. Prints a Markdown table.
/// </summary>
internal static unsafe class ConversionBench
{
    private const int Width = 1920;
    private const int Height = 1080;
    private const int Rounds = 41;
    private const int Batch = 5;

    private static readonly PixelFormat[] s_formats =
    [
        PixelFormat.I420, PixelFormat.Nv12, PixelFormat.I422, PixelFormat.Yuyv, PixelFormat.Uyvy,
        PixelFormat.Bgra, PixelFormat.Rgba, PixelFormat.Rgb24, PixelFormat.Bgr24, PixelFormat.Gray8,
    ];

    /// <summary>Runs the comparison; with an argument only conversions whose name contains it.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (!Swscale.IsAvailable)
        {
            Console.Error.WriteLine("libswscale is not installed; install libswscale6 (Debian 12) or libswscale8 (Debian 13).");
            return 1;
        }

        string filter = arguments.IsEmpty ? "" : arguments[0];
        Swscale.av_log_set_level(8);
        Console.WriteLine("| 1920x1080, one thread | camfx µs, median (min–max) | swscale µs, median (min–max) | camfx / swscale |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (PixelFormat from in s_formats)
            foreach (PixelFormat to in s_formats)
                if (Converter.CanConvert(from, to) && $"{from}-{to}".Contains(filter, StringComparison.OrdinalIgnoreCase))
                    Compare(from, to);
        return 0;
    }

    private static void Compare(PixelFormat from, PixelFormat to)
    {
        FrameView source = Allocate(from), target = Allocate(to);
        Random random = new(1);
        random.NextBytes(Bytes(source));

        using SwscaleContext point = new(source, target, Swscale.SWS_POINT);
        using SwscaleContext bilinear = new(source, target, Swscale.SWS_FAST_BILINEAR);
        point.Convert(source, target);
        // libswscale 5.1 leaves out the second plane of a frame that has two when it only copies.
        string note = from == to && !Bytes(source).SequenceEqual(Bytes(target)) ? " (incomplete copy)" : "";
        Timing camfx = new(() => Converter.Convert(source, target));
        Timing[] swscale = [new(() => point.Convert(source, target)), new(() => bilinear.Convert(source, target))];
        Timing[] all = [camfx, .. swscale];
        foreach (Timing timing in all) timing.WarmUp(10);
        for (int round = 0; round < Rounds; round++)
            foreach (Timing timing in all) timing.Sample(Batch);

        Timing best = swscale.MinBy(static timing => timing.Median)!;
        Console.WriteLine(FormattableString.Invariant($"| {from} → {to} | {camfx} | {best}{note} | {camfx.Median / best.Median:F2} |"));
        NativeMemory.AlignedFree(source.Plane(0));
        NativeMemory.AlignedFree(target.Plane(0));
    }

    private static Span<byte> Bytes(in FrameView view) => new(view.Plane(0), FrameLayout.Packed(view.Format, Width, Height).Size);

    private static FrameView Allocate(PixelFormat format)
    {
        FrameLayout layout = FrameLayout.Packed(format, Width, Height);
        // swscale may read a little past the end.
        byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)layout.Size + 4096, 4096);
        new Span<byte>(memory, layout.Size + 4096).Clear();
        return new FrameView(memory, layout, ColorMatrix.Bt601, ColorRange.Limited);
    }
}
