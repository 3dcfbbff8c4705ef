using Camfx.Frames;

namespace Camfx.Imaging.Tests.Widths;

/// <summary>The operations that look around a sample, or elsewhere, at every width, as <see cref="KernelCases"/> runs the others.</summary>
internal static class SpatialCases
{
    public static void Run(KernelCase test, int largestWidth)
    {
        byte[] inverse = [.. Enumerable.Range(0, 256).Select(static code => (byte)(255 - code))], ink = [.. Enumerable.Range(0, 256).Select(static code => (byte)(code / 2))];
        Sharpener sharpener = new(largestWidth, 1.7, 3);
        EdgeDrawing edges = new(largestWidth, 0.8, dark: true);
        Embossing embossing = new(largestWidth, 0.9);
        CartoonDrawing cartoon = new(largestWidth, inverse, ink);
        Pixelation pixelation = new(6);
        DotScreen screen = new(largestWidth, 7);
        for (int width = 1; width <= largestWidth; width++)
        {
            int height = 1 + width % 9;
            InPlace("sharpen", sharpener.Apply);
            InPlace("edges", edges.Apply);
            InPlace("emboss", embossing.Apply);
            InPlace("cartoon", cartoon.Apply);
            InPlace("pixelate", pixelation.Apply);
            InPlace("dots", screen.Apply);
            Denoiser denoiser = new(width, height, 5, 0.8);
            denoiser.Apply(new Infrastructure.Picture(PixelFormat.I420, width, height).View);
            InPlace("denoise", denoiser.Apply);
            foreach (bool black in (ReadOnlySpan<bool>)[false, true])
            {
                Remap remap = new(width, height, black);
                remap.Set(new Turn(width * 0.6, height * 0.5));
                test.Run(
                    $"remap/{width}x{height}/{black}", () => test.Source(PixelFormat.I420, width, height), () => test.Target(PixelFormat.I420, width, height), remap.Apply);
            }

            void InPlace(string name, Work work) => test.Run(
                $"{name}/{width}x{height}", () => test.Source(PixelFormat.I420, width, height), () => test.Target(PixelFormat.I420, width, height),
                (in FrameView _, in FrameView target) => work(target));
        }
    }

    private readonly struct Turn(double x, double y) : IMapping
    {
        public void Map(double toX, double toY, out double fromX, out double fromY)
        {
            fromX = x + 0.9 * (toX - x) - 0.3 * (toY - y);
            fromY = y + 0.3 * (toX - x) + 0.9 * (toY - y);
        }
    }

    private delegate void Work(in FrameView frame);
}
