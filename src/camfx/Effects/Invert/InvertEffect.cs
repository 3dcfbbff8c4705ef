using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Invert;

/// <summary>Every colour becomes its opposite, as on a negative.</summary>
internal static class InvertEffect
{
    public static EffectKind Description { get; } = new(
        "invert", "Every colour becomes its opposite, as on a negative.", [],
        static (_, _) =>
        {
            PlaneTables tables = new();
            for (int code = 0; code < 256; code++)
            {
                tables.Luma[code] = (byte)(235 - Math.Clamp(code, 16, 235) + 16);
                tables.U[code] = tables.V[code] = (byte)Math.Min(256 - code, 255);
            }

            return new PictureEffect(isInPlace: true, (in FrameView source, in FrameView target, long _) => tables.Apply(source, target));
        });
}
