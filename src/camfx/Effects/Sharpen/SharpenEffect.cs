using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Sharpen;

/// <summary>Stronger edges.</summary>
internal static class SharpenEffect
{
    public static EffectKind Description { get; } = new(
        "sharpen", "Makes edges stronger, and leaves noise as it is.",
        [
            EffectKey.Number("amount", 80, 0, 200, "how much stronger, in percent"),
            EffectKey.Number("core", 2, 0, 32, "differences up to so many levels are noise and stay"),
        ],
        static (values, mode) =>
        {
            Sharpener sharpener = new(mode.Width, values.Number("amount") / 100, (int)values.Number("core"));
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => sharpener.Apply(frame));
        });
}
