using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Grain;

/// <summary>The grain of film. A frame's time is its seed: the same film twice has the same grain.</summary>
internal static class GrainEffect
{
    public static EffectKind Description { get; } = new(
        "grain", "The grain of film, another one in each frame.",
        [EffectKey.Number("strength", 20, 0, 100, "how coarse the grain is, in percent")],
        static (values, _) =>
        {
            FilmGrain grain = new(values.Number("strength") * 0.4);
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long time) => grain.Apply(frame, (ulong)time));
        });
}
