namespace Camfx.Effects.Wave;

/// <summary>The picture waves like a flag.</summary>
internal static class WaveEffect
{
    public static EffectKind Description { get; } = new(
        "wave", "The picture waves like a flag.",
        [
            EffectKey.Number("height", 2, 0, 20, "how far a wave goes to either side, in percent of the picture's height"),
            EffectKey.Number("length", 25, 2, 200, "from one wave to the next, in percent of the picture's height"),
            EffectKey.Number("speed", 0.5, -10, 10, "waves a second; 0 stands still"),
        ],
        static (values, mode) =>
        {
            double height = values.Number("height") / 100 * mode.Height, speed = values.Number("speed");
            double turn = 2 * Math.PI / (values.Number("length") / 100 * mode.Height);
            return new WarpEffect<WaveMapping>(mode, seconds => new WaveMapping(height, turn, 2 * Math.PI * speed * seconds));
        })
    { MovesPicture = true };
}
