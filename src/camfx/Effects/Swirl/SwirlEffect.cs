namespace Camfx.Effects.Swirl;

/// <summary>The middle of the picture is turned, the more the nearer.</summary>
internal static class SwirlEffect
{
    public static EffectKind Description { get; } = new(
        "swirl", "Turns the middle of the picture, as water down a drain.",
        [
            EffectKey.Number("angle", 120, -720, 720, "degrees that the very middle is turned, clockwise"),
            EffectKey.Number("radius", 90, 5, 200, "how far it reaches, in percent of half the picture's height"),
        ],
        static (values, mode) =>
        {
            CentreView centre = CentreView.Of(mode);
            SwirlMapping mapping = new(centre, double.DegreesToRadians(values.Number("angle")), centre.Radius * values.Number("radius") / 100);
            return new WarpEffect<SwirlMapping>(mode, mapping);
        })
    { MovesPicture = true };
}
