using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Scanlines;

/// <summary>The dark lines of a tube.</summary>
internal static class ScanlinesEffect
{
    public static EffectKind Description { get; } = new(
        "scanlines", "The dark lines of a television tube.",
        [
            EffectKey.Number("rows", 2, 1, 64, "height of a dark line, and of the gap to the next one, in pixels"),
            EffectKey.Number("strength", 50, 0, 100, "how dark the lines are, in percent"),
        ],
        static (values, _) =>
        {
            DarkRows lines = new((int)values.Number("rows"), values.Number("strength") / 100, ColorRange.Limited);
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => lines.Apply(frame));
        });
}
