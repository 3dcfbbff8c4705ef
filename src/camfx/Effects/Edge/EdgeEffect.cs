using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Edge;

/// <summary>Nothing but edges.</summary>
internal static class EdgeEffect
{
    public static EffectKind Description { get; } = new(
        "edge", "Nothing but the edges, light on black or as a pencil draws them.",
        [
            EffectKey.Number("strength", 100, 10, 400, "how strong edges are drawn, in percent"),
            EffectKey.Switch("pencil", "dark edges on white paper"),
            EffectKey.Switch("color", "keep the colours"),
        ],
        static (values, mode) =>
        {
            EdgeDrawing drawing = new(mode.Width, values.Number("strength") / 100, values.Switch("pencil"));
            bool color = values.Switch("color");
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) =>
            {
                drawing.Apply(frame);
                if (!color) Grey.Apply(frame);
            });
        });
}
