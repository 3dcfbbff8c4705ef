using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Hue;

/// <summary>Turns all colours around the colour circle.</summary>
internal static class HueEffect
{
    public static EffectKind Description { get; } = new(
        "hue", "Turns all colours around the colour circle.",
        [
            EffectKey.Number("angle", 90, -360, 360, "degrees, from red towards blue"),
            EffectKey.Number("saturation", 1, 0, 4, "more (above 1) or less colourful; 0 is grey"),
        ],
        static (values, _) =>
        {
            // From V, which is red, towards U, which is blue.
            HueRotation rotation = new(-values.Number("angle"), values.Number("saturation"));
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => rotation.Apply(frame));
        });
}
