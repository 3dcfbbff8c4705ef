namespace Camfx.Effects.Fisheye;

/// <summary>Bulges the picture, or draws it in.</summary>
internal static class FisheyeEffect
{
    public static EffectKind Description { get; } = new(
        "fisheye", "Bulges the picture out, or draws its middle in.",
        [EffectKey.Number("strength", 50, -100, 100, "how much the middle is larger (above 0) or smaller, in percent")],
        static (values, mode) => new WarpEffect<FisheyeMapping>(mode, new FisheyeMapping(CentreView.Of(mode), values.Number("strength") / 100)))
    { MovesPicture = true };
}
