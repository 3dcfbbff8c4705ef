using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Cartoon;

/// <summary>Flat tones and ink.</summary>
internal static class CartoonEffect
{
    // Half a tone's step is laid flat; the rest of it is soft, so that noise does not flicker between two tones.
    private const double Flat = 0.6;

    public static EffectKind Description { get; } = new(
        "cartoon", "Flat tones and ink, as a cartoon.",
        [
            EffectKey.Number("levels", 6, 2, 16, "how many tones there are"),
            EffectKey.Number("ink", 60, 0, 100, "how much ink there is, in percent"),
        ],
        static (values, mode) =>
        {
            byte[] tones = Tones((int)values.Number("levels")), ink = Ink(values.Number("ink") / 100);
            CartoonDrawing drawing = new(mode.Width, tones, ink);
            PlaneTables colors = new();
            for (int code = 0; code < 256; code++)
            {
                // Colours in steps of twelve, and a third stronger.
                double chroma = Math.Round(Math.Clamp((code - 128) * 1.3, -112, 112) / 12) * 12;
                colors.U[code] = colors.V[code] = (byte)Math.Clamp(128 + chroma, 16, 240);
            }

            return new PictureEffect(isInPlace: true, (in FrameView source, in FrameView target, long _) =>
            {
                drawing.Apply(source);
                colors.Apply(source, target);
            });
        });

    private static byte[] Tones(int levels)
    {
        byte[] tones = new byte[256];
        for (int code = 0; code < 256; code++)
        {
            double place = Math.Clamp((code - 16) / 219.0, 0, 1) * (levels - 1), tone = Math.Floor(place);
            double way = Math.Clamp((place - tone - Flat / 2) / (1 - Flat), 0, 1);
            tones[code] = (byte)Math.Round(16 + 219 * (tone + way) / (levels - 1));
        }

        return tones;
    }

    private static byte[] Ink(double amount)
    {
        byte[] ink = new byte[256];
        double from = 70 - 50 * amount;
        for (int steepness = 0; steepness < 256; steepness++) ink[steepness] = (byte)Math.Clamp((steepness - from) * 4 * amount, 0, 219);
        return ink;
    }
}
