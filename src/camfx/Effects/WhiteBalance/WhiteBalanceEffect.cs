using Camfx.Effects.Temperature;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.WhiteBalance;

/// <summary>
/// Takes the light's colour out of the picture: what is nearly grey is taken for grey that is lit, and its mean is made grey. It follows the light slowly.
/// </summary>
internal sealed class WhiteBalanceEffect : IEffect
{
    // Further from grey a thing is coloured, whatever the light; with fewer than one such sample in fifty the light is not known.
    private const int Colorfulness = 60;
    private const double Fewest = 0.02, MostGain = 1.8;

    private readonly double _strength;
    private readonly ColorTransform _transform = new(ColorRange.Limited);
    private Smoother _blueness;
    private Smoother _redness;

    private WhiteBalanceEffect(double strength, double seconds)
    {
        _strength = strength;
        _blueness = new Smoother(seconds);
        _redness = new Smoother(seconds);
    }

    public static EffectKind Description { get; } = new(
        "whitebalance", "Takes a colour cast of the light out, and follows the light.",
        [
            EffectKey.Number("strength", 100, 0, 100, "how much of the cast is taken out, in percent"),
            EffectKey.Number("seconds", 1, 0, 30, "how fast it follows the light"),
        ],
        static (values, _) => new WhiteBalanceEffect(values.Number("strength") / 100, values.Number("seconds")));

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        if (ChromaStatistics.Mean(source, Colorfulness, out double y, out double u, out double v) > Fewest)
        {
            // What the cast is for each unit of light: it stays the same when the picture gets lighter.
            double light = Math.Max(y - 16, 1) / 219;
            _blueness.Follow((u - 128) / 224 / light, presentationTime);
            _redness.Follow((v - 128) / 224 / light, presentationTime);
        }

        (double kr, double kb) = source.Matrix == ColorMatrix.Bt709 ? (0.2126, 0.0722) : (0.299, 0.114);
        double red = 1 + 2 * (1 - kr) * _redness.Value * _strength, blue = 1 + 2 * (1 - kb) * _blueness.Value * _strength;
        double green = (1 - kr * red - kb * blue) / (1 - kr - kb);
        WhitePoint.Set(_transform, Gain(red), Gain(green), Gain(blue));
        _transform.Apply(source);
    }

    public void Dispose()
    {
    }

    private static double Gain(double cast) => Math.Clamp(1 / Math.Max(cast, 0.1), 1 / MostGain, MostGain);
}
