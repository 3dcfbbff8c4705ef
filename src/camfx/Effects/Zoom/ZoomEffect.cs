using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Zoom;

/// <summary>A part of the picture, as large as the whole. It stands still, so it is scaled, which costs a fraction of taking each sample from its place.</summary>
internal static class ZoomEffect
{
    public static EffectKind Description { get; } = new(
        "zoom", "A part of the picture, as large as the whole.",
        [
            EffectKey.Number("scale", 1.5, 1, 8, "how many times larger"),
            EffectKey.Number("x", 50, 0, 100, "the part's place across: 0 at the left, 100 at the right"),
            EffectKey.Number("y", 50, 0, 100, "the part's place down: 0 at the top, 100 at the bottom"),
        ],
        static (values, mode) =>
        {
            PixelRectangle part = Part(mode, values.Number("scale"), values.Number("x") / 100, values.Number("y") / 100);
            Scaler scaler = new(part.Width, part.Height, mode.Width, mode.Height);
            return new PictureEffect(
                isInPlace: false, (in FrameView source, in FrameView target, long _) => scaler.Scale(Region.Of(source, part), target));
        })
    { MovesPicture = true };

    // Two pixels share a chroma sample: the part begins and ends between two samples.
    private static PixelRectangle Part(CameraMode mode, double scale, double x, double y)
    {
        int width = Even(mode.Width / scale), height = Even(mode.Height / scale);
        return new PixelRectangle(Even((mode.Width - width) * x), Even((mode.Height - height) * y), width, height);
    }

    private static int Even(double length) => (int)Math.Round(length / 2) * 2;
}
