namespace Camfx.Effects.Zoom;

/// <summary>A part of the picture, as large as the whole.</summary>
internal static class ZoomEffect
{
    public static EffectKind Description { get; } = new(
        "zoom", "A part of the picture, as large as the whole.",
        [
            EffectKey.Number("scale", 1.5, 1, 8, "how many times larger"),
            EffectKey.Number("x", 50, 0, 100, "the part's place across: 0 at the left, 100 at the right"),
            EffectKey.Number("y", 50, 0, 100, "the part's place down: 0 at the top, 100 at the bottom"),
        ],
        static (values, mode) => new WarpEffect<ZoomMapping>(
            mode, ZoomMapping.Of(mode, values.Number("scale"), values.Number("x") / 100, values.Number("y") / 100)));
}
