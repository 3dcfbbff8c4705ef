using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Denoise;

/// <summary>Less noise, by the frames before where nothing moves.</summary>
internal static class DenoiseEffect
{
    public static EffectKind Description { get; } = new(
        "denoise", "Takes noise out, mostly where nothing moves.",
        [
            EffectKey.Number("noise", 4, 0, 16, "how noisy the picture is: the standard deviation, in levels of 255"),
            EffectKey.Number("strength", 85, 0, 98, "how much of the frames before is kept where nothing moves, in percent"),
        ],
        static (values, mode) =>
        {
            Denoiser denoiser = new(mode.Width, mode.Height, values.Number("noise"), values.Number("strength") / 100);
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => denoiser.Apply(frame));
        });
}
