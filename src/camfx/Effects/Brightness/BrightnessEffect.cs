using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Brightness;

/// <summary>Brightness, contrast, saturation, gamma.</summary>
internal sealed class BrightnessEffect : IEffect
{
    private readonly ColorAdjust _adjust;

    private BrightnessEffect(ColorAdjust adjust) => _adjust = adjust;

    // The ranges are those of ColorSettings.
    public static EffectKind Description { get; } = new(
        "brightness", "Makes the picture lighter or darker, harder or softer, more or less colourful.",
        [
            EffectKey.Number("value", 0, -100, 100, "lighter (above 0) or darker, in percent of white"),
            EffectKey.Number("contrast", 1, 0, 4, "harder (above 1) or softer"),
            EffectKey.Number("saturation", 1, 0, 4, "more (above 1) or less colourful; 0 is grey"),
            EffectKey.Number("gamma", 1, 0.1, 10, "lighter (above 1) or darker middle tones"),
        ],
        (values, _) => new BrightnessEffect(new ColorAdjust(
            new ColorSettings
            {
                Brightness = values.Number("value"),
                Contrast = values.Number("contrast"),
                Saturation = values.Number("saturation"),
                Gamma = values.Number("gamma"),
            },
            ColorRange.Limited)));

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        if (!_adjust.IsIdentity) _adjust.Apply(source, target);
    }

    public void Dispose()
    {
    }
}
