using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Halftone;

/// <summary>The dots of newsprint.</summary>
internal static class HalftoneEffect
{
    public static EffectKind Description { get; } = new(
        "halftone", "Black and white dots, as newspapers print.",
        [
            EffectKey.Number("size", 8, 4, 64, "from one dot to the next, in pixels"),
            EffectKey.Switch("color", "keep the colours"),
        ],
        static (values, mode) =>
        {
            DotScreen screen = new(mode.Width, (int)values.Number("size"));
            bool color = values.Switch("color");
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) =>
            {
                screen.Apply(frame);
                if (!color) Grey.Apply(frame);
            });
        });
}
