using Camfx.Effects.Zoom;

namespace Camfx.Effects.KenBurns;

/// <summary>A slow ride through the picture.</summary>
internal static class KenBurnsEffect
{
    public static EffectKind Description { get; } = new(
        "kenburns", "A slow ride into the picture and out again.",
        [
            EffectKey.Number("scale", 1.3, 1, 4, "how much larger the picture is at the ride's end"),
            EffectKey.Number("seconds", 20, 2, 600, "how long a ride takes there and back"),
            EffectKey.Number("x", 30, 0, 100, "where across it goes: 0 is the left, 100 the right"),
            EffectKey.Number("y", 30, 0, 100, "where down it goes: 0 is the top, 100 the bottom"),
        ],
        static (values, mode) =>
        {
            double scale = values.Number("scale"), period = values.Number("seconds"), x = values.Number("x") / 100, y = values.Number("y") / 100;
            return new WarpEffect<ZoomMapping>(mode, seconds =>
            {
                double way = (1 - Math.Cos(2 * Math.PI * seconds / period)) / 2;
                return ZoomMapping.Of(mode, Math.Pow(scale, way), 0.5 + (x - 0.5) * way, 0.5 + (y - 0.5) * way);
            });
        })
    { MovesPicture = true };
}
