using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Sepia;

/// <summary>The brown of old photographs.</summary>
internal static class SepiaEffect
{
    // What has become the usual sepia, of the filter effects of CSS (W3C Filter Effects 1, sepia).
    private static readonly double[] s_rows = [0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0];

    public static EffectKind Description { get; } = new(
        "sepia", "Brown as old photographs are.",
        [EffectKey.Number("amount", 100, 0, 100, "how brown, in percent")],
        static (values, _) =>
        {
            double amount = values.Number("amount") / 100;
            double[] rows = [.. s_rows.Select((value, i) => value * amount + (i % 5 == 0 ? 1 - amount : 0))];
            ColorTransform transform = new(ColorRange.Limited);
            transform.Set(rows);
            return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => transform.Apply(frame));
        });
}
