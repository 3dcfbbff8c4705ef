using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Temperature;

/// <summary>Shifts the white point, as if the light had another temperature.</summary>
internal static class TemperatureEffect
{
    public static EffectKind Description { get; } = new(
        "temperature", "Makes the light warmer or colder.",
        [
            EffectKey.Number("kelvin", 5000, 1500, 15000, "the light's temperature: below 6500 warmer, above it colder"),
            EffectKey.Number("tint", 0, -100, 100, "towards magenta (above 0) or green"),
        ],
        static (values, _) =>
        {
            ColorTransform transform = new(ColorRange.Limited);
            (double red, double green, double blue) = Blackbody.Gains(values.Number("kelvin"));
            green *= 1 - values.Number("tint") / 400;
            WhitePoint.Set(transform, red, green, blue);
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => transform.Apply(frame));
        });
}
