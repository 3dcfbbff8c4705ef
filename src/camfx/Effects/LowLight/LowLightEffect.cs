using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.LowLight;

/// <summary>
/// Lightens a dark picture by a gamma that follows how dark it is. A picture that is light enough stays as it is.
/// </summary>
internal sealed class LowLightEffect : IEffect
{
    private const double Black = 16, Span = 219, MostGamma = 3;

    private readonly LumaStatistics _statistics = new();
    private readonly PlaneTables _tables = new();
    private readonly double _target;
    private Smoother _gamma;
    private double _written = 1;

    private LowLightEffect(double strength, double seconds)
    {
        _target = 0.45 * strength;
        _gamma = new Smoother(seconds);
    }

    public static EffectKind Description { get; } = new(
        "lowlight", "Lightens a dark picture, the more the darker it is.",
        [
            EffectKey.Number("strength", 80, 0, 100, "how light it gets, in percent of a well-lit room"),
            EffectKey.Number("seconds", 1, 0, 30, "how fast it follows the light"),
        ],
        static (values, _) => new LowLightEffect(values.Number("strength") / 100, values.Number("seconds")));

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        _statistics.Count(source);
        double mean = Math.Clamp((_statistics.Mean - Black) / Span, 0.01, 0.99);
        double wanted = mean < _target ? Math.Min(Math.Log(mean) / Math.Log(_target), MostGamma) : 1;
        _gamma.Follow(wanted, presentationTime);
        if (Math.Abs(_gamma.Value - _written) > 0.003) Write(_gamma.Value);
        _tables.Apply(source, target);
    }

    public void Dispose()
    {
    }

    private void Write(double gamma)
    {
        _written = gamma;

        // Colours go with the light, but less: noise is there too.
        double colors = 1 + 0.3 * (gamma - 1);
        for (int code = 0; code < 256; code++)
        {
            double luma = Math.Clamp((code - Black) / Span, 0, 1);
            _tables.Luma[code] = (byte)Math.Round(Black + Span * Math.Pow(luma, 1 / gamma));
            _tables.U[code] = _tables.V[code] = (byte)Math.Round(Math.Clamp(128 + (code - 128) * colors, 16, 240));
        }
    }
}
