using Camfx.Frames;

namespace Camfx.Imaging.Tests.Widths;

/// <summary>The picture effects' operations at every width, as <see cref="KernelCases"/> runs the others.</summary>
internal static class PictureCases
{
    public static void Run(KernelCase test, int largestWidth)
    {
        HueRotation hue = new(200, 1.7);
        ColorTransform transform = new(ColorRange.Limited);
        transform.Set([1.2, -0.1, 0.1, 0.05, 0.2, 0.9, 0, 0, -0.2, 0.3, 1.1, -0.1]);
        FilmGrain grain = new(20);
        DarkRows lines = new(2, 0.6, ColorRange.Limited);
        ColorCube cube = new(9, Colors(9), ColorRange.Limited);
        ToneMap tones = new();
        PlaneTables tables = new();
        for (int code = 0; code < 256; code++)
        {
            tones.Luma[code] = (byte)(code * 7);
            tones.U[code] = tables.V[code] = (byte)(code * 5 + 3);
            tones.V[code] = tables.Luma[code] = (byte)(255 - code);
        }

        for (int width = 1; width <= largestWidth; width++)
        {
            int height = 1 + width % 4;
            LightFalloff falloff = new(width, height, 0.8);
            InPlace("hue", hue.Apply);
            InPlace("transform", transform.Apply);
            InPlace("grain", (in FrameView frame) => grain.Apply(frame, 7));
            InPlace("lines", lines.Apply);
            InPlace("falloff", falloff.Apply);
            InPlace("cube", cube.Apply);
            test.Run($"tables/{width}", () => test.Source(PixelFormat.I420, width, height), () => test.Target(PixelFormat.I420, width, height), tables.Apply);
            if (width % 2 == 0)
                test.Run($"tones/{width}", () => test.Source(PixelFormat.I420, width, 4), () => test.Target(PixelFormat.I420, width, 4), tones.Apply);

            void InPlace(string name, Work work) => test.Run(
                $"{name}/{width}x{height}", () => test.Source(PixelFormat.I420, width, height),
                () => test.Target(PixelFormat.I420, width, height, width % 2 == 0 ? ColorMatrix.Bt601 : ColorMatrix.Bt709),
                (in FrameView _, in FrameView target) => work(target));
        }
    }

    private static float[] Colors(int size)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, 3 * size * size * size).Select(_ => (float)random.NextDouble())];
    }

    private delegate void Work(in FrameView frame);
}
