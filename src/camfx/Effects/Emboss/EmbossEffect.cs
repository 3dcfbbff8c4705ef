using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Emboss;

/// <summary>A relief.</summary>
internal static class EmbossEffect
{
    public static EffectKind Description { get; } = new(
        "emboss", "A relief in grey, lit from above left.",
        [
            EffectKey.Number("depth", 60, 0, 100, "how deep the relief is, in percent"),
            EffectKey.Switch("color", "keep the colours"),
        ],
        static (values, mode) =>
        {
            Embossing embossing = new(mode.Width, values.Number("depth") / 100);
            bool color = values.Switch("color");
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) =>
            {
                embossing.Apply(frame);
                if (!color) Grey.Apply(frame);
            });
        });
}
