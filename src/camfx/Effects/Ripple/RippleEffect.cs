namespace Camfx.Effects.Ripple;

/// <summary>Rings on water.</summary>
internal static class RippleEffect
{
    public static EffectKind Description { get; } = new(
        "ripple", "Rings run outwards, as on water.",
        [
            EffectKey.Number("height", 2, 0, 20, "how far a ring moves the picture, in percent of its height"),
            EffectKey.Number("length", 15, 2, 200, "from one ring to the next, in percent of the picture's height"),
            EffectKey.Number("speed", 1, -10, 10, "rings a second; 0 stands still"),
        ],
        static (values, mode) =>
        {
            CentreView centre = CentreView.Of(mode);
            double height = values.Number("height") / 100 * mode.Height, speed = values.Number("speed");
            double turn = 2 * Math.PI / (values.Number("length") / 100 * mode.Height);
            return new WarpEffect<RippleMapping>(mode, seconds => new RippleMapping(centre, height, turn, 2 * Math.PI * speed * seconds));
        })
    { MovesPicture = true };
}
