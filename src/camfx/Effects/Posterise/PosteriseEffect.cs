using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Posterise;

/// <summary>Few levels of brightness and colour.</summary>
internal static class PosteriseEffect
{
    public static EffectKind Description { get; } = new(
        "posterise", "Few brightnesses and colours, as on a poster.",
        [EffectKey.Number("levels", 5, 2, 64, "how many brightnesses are left")],
        static (values, _) =>
        {
            PlaneTables tables = new();
            Write(tables, (int)values.Number("levels"));
            return new PictureEffect(isInPlace: true, (in FrameView source, in FrameView target, long _) => tables.Apply(source, target));
        });

    /// <summary>Fills tables so that so many levels of luma are left, from black to white, and chroma keeps grey as one of its own.</summary>
    public static void Write(PlaneTables tables, int levels)
    {
        double lumaStep = 219.0 / (levels - 1), chromaStep = 112.0 / ((levels + 1) / 2);
        for (int code = 0; code < 256; code++)
        {
            double level = Math.Min(Math.Floor(Math.Clamp(code - 16, 0, 219) / 219.0 * levels), levels - 1);
            tables.Luma[code] = (byte)Math.Round(16 + level * lumaStep);
            double chroma = Math.Clamp(code - 128, -112, 112);
            tables.U[code] = tables.V[code] = (byte)Math.Round(128 + Math.Round(chroma / chromaStep) * chromaStep);
        }
    }
}
