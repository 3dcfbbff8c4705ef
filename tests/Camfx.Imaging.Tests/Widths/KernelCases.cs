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

    public static void Run(Action<string, ulong> report)
    {
        using GuardedMemory sources = new(1 << 20), targets = new(1 << 20);
        KernelCase test = new(sources, targets, report);
        Conversions(test);
        Scaling(test);
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
}
