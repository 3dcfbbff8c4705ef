using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Vignette;

/// <summary>Darker towards the corners.</summary>
internal static class VignetteEffect
{
    public static EffectKind Description { get; } = new(
        "vignette", "Darker towards the corners, as old lenses draw.",
        [EffectKey.Number("strength", 60, 0, 100, "how much of its light a corner loses, in percent")],
        static (values, mode) =>
        {
            LightFalloff falloff = new(mode.Width, mode.Height, values.Number("strength") / 100);
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => falloff.Apply(frame));
        });
}
