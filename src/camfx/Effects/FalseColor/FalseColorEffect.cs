using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.FalseColor;

/// <summary>Each brightness has a colour of its own.</summary>
internal static class FalseColorEffect
{
    public static EffectKind Description { get; } = new(
        "falsecolor", "Each brightness has a colour of its own, as on a heat camera.",
        [EffectKey.Word("palette", "heat", [.. Palette.Names], "the colours, from dark to light")],
        static (values, _) =>
        {
            ToneMap map = Palette.Map(values.Word("palette"));
            return new PictureEffect(isInPlace: true, (in FrameView source, in FrameView target, long _) => map.Apply(source, target));
        });
}
