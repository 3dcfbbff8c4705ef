using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Pixelate;

/// <summary>Squares of one colour.</summary>
internal static class PixelateEffect
{
    public static EffectKind Description { get; } = new(
        "pixelate", "Squares of one colour.",
        [EffectKey.Number("size", 16, Pixelation.Smallest, Pixelation.Largest, "a square's side in pixels; an odd one becomes even")],
        static (values, _) =>
        {
            Pixelation pixelation = new((int)values.Number("size") & ~1);
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => pixelation.Apply(frame));
        });
}
