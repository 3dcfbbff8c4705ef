using System.Globalization;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Bench.Effects;

/// <summary>Every effect that FFmpeg has a filter for.</summary>
internal static class EffectCases
{
    public static IEnumerable<EffectCase> All(int width, int height, string cubeFile) => [.. Points(width, height, cubeFile), .. Spatial(width, height)];

    private static IEnumerable<EffectCase> Points(int width, int height, string cubeFile)
    {
        HueRotation hue = new(60, 1);
        yield return new("hue", "hue=h=60", (in FrameView _, in FrameView frame) => hue.Apply(frame));
        ColorTransform warm = new(ColorRange.Limited), sepia = new(ColorRange.Limited);
        warm.Set([1.1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.8, 0]);
        sepia.Set([0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0]);
        yield return new("temperature", "colortemperature=temperature=5000", (in FrameView _, in FrameView frame) => warm.Apply(frame));
        yield return new(
            "sepia", "colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131", (in FrameView _, in FrameView frame) => sepia.Apply(frame));
        yield return new("whitebalance", "grayworld", (in FrameView source, in FrameView frame) =>
        {
            _ = ChromaStatistics.Mean(source, 60, out double _, out double _, out double _);
            warm.Set([1.1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.8, 0]);
            warm.Apply(frame);
        });
        PlaneTables inverse = new();
        for (int code = 0; code < 256; code++) inverse.Luma[code] = inverse.U[code] = inverse.V[code] = (byte)(255 - code);
        yield return new("invert, posterise", "lutyuv=y=negval:u=negval:v=negval", (in FrameView _, in FrameView frame) => inverse.Apply(frame, frame));
        ToneMap tones = new();
        for (int code = 0; code < 256; code++) tones.Luma[code] = tones.U[code] = tones.V[code] = (byte)(255 - code);
        yield return new("falsecolor", "pseudocolor=preset=inferno", (in FrameView _, in FrameView frame) => tones.Apply(frame, frame));
        ColorCube cube = new(33, Colors(cubeFile), ColorRange.Limited);
        yield return new("lut 33", $"lut3d=file={cubeFile}:interp=tetrahedral", (in FrameView _, in FrameView frame) => cube.Apply(frame));
        LightFalloff falloff = new(width, height, 0.6);
        yield return new("vignette", "vignette", (in FrameView _, in FrameView frame) => falloff.Apply(frame));
        FilmGrain grain = new(8);
        ulong seed = 0;
        yield return new("grain", "noise=c0s=20:c0f=t", (in FrameView _, in FrameView frame) => grain.Apply(frame, seed++));
    }

    private static IEnumerable<EffectCase> Spatial(int width, int height)
    {
        Sharpener sharpener = new(width, 0.8, 2);
        yield return new("sharpen", "unsharp=5:5:0.8:5:5:0", (in FrameView _, in FrameView frame) => sharpener.Apply(frame));
        Denoiser denoiser = new(width, height, 4, 0.85);
        yield return new("denoise", "hqdn3d", (in FrameView _, in FrameView frame) => denoiser.Apply(frame));
        Pixelation pixelation = new(16);
        yield return new("pixelate", "pixelize=w=16:h=16", (in FrameView _, in FrameView frame) => pixelation.Apply(frame));
        EdgeDrawing edges = new(width, 1, dark: false);
        yield return new("edge", "sobel=planes=1", (in FrameView _, in FrameView frame) => edges.Apply(frame));
        yield return new("edge, beside Canny", "edgedetect", (in FrameView _, in FrameView frame) => edges.Apply(frame));
        Embossing embossing = new(width, 0.6);
        yield return new(
            "emboss", "convolution='1 1 0 1 0 -1 0 -1 -1:0 0 0 0 1 0 0 0 0:0 0 0 0 1 0 0 0 0:0 0 0 0 1 0 0 0 0:1:1:1:1:126:0:0:0'",
            (in FrameView _, in FrameView frame) => embossing.Apply(frame));
        Remap turn = new(width, height, black: true), lens = new(width, height, black: false), zoom = new(width, height, black: false);
        turn.Set(new Affine(0.866, 0.5, 200, -0.5, 0.866, 500));
        lens.Set(new Lens(width / 2.0, height / 2.0));
        zoom.Set(new Affine(1 / 1.5, 0, 320, 0, 1 / 1.5, 180));
        yield return new("rotate by 30 degrees", "rotate=PI/6", turn.Apply);
        yield return new("fisheye", "lenscorrection=k1=-0.2:k2=0:i=bilinear", lens.Apply);
        PixelRectangle part = new(320, 180, 1280, 720);
        Scaler scaler = new(part.Width, part.Height, width, height);
        yield return new(
            "zoom", "crop=1280:720,scale=1920:1080:flags=bilinear",
            (in FrameView source, in FrameView target) => scaler.Scale(Region.Of(source, part), target));
        yield return new("kenburns", "zoompan=z='1.5+0.01*sin(on)':x='iw/6':y='ih/6':d=1:s=1920x1080:fps=30", (in FrameView source, in FrameView target) =>
        {
            zoom.Set(new Affine(1 / 1.5, 0, 320, 0, 1 / 1.5, 180));
            zoom.Apply(source, target);
        });
    }

    private static float[] Colors(string path) =>
    [
        .. File.ReadLines(path).Skip(1).SelectMany(static line => line.Split(' ')).Select(static number => float.Parse(number, CultureInfo.InvariantCulture)),
    ];

    private readonly struct Affine(double xx, double xy, double x0, double yx, double yy, double y0) : IMapping
    {
        public void Map(double x, double y, out double fromX, out double fromY) => (fromX, fromY) = (xx * x + xy * y + x0, yx * x + yy * y + y0);
    }

    private readonly struct Lens(double x0, double y0) : IMapping
    {
        public void Map(double x, double y, out double fromX, out double fromY)
        {
            double factor = 1 - 0.2 * ((x - x0) * (x - x0) + (y - y0) * (y - y0)) / (x0 * x0 + y0 * y0);
            (fromX, fromY) = (x0 + factor * (x - x0), y0 + factor * (y - y0));
        }
    }
}
