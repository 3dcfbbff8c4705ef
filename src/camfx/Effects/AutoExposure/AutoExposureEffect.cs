using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.AutoExposure;

/// <summary>Makes the picture as light as is wanted, by a gain that leaves black and white where they are, and follows the light slowly.</summary>
internal sealed class AutoExposureEffect : IEffect
{
    private const double Black = 16, Span = 219, MostStops = 2;

    private readonly LumaStatistics _statistics = new();
    private readonly PlaneTables _tables = new();
    private readonly double _target;
    private readonly double _most;
    private Smoother _gain;
    private double _written = double.NaN;

    private AutoExposureEffect(double target, double most, double seconds)
    {
        _target = target;
        _most = most;
        _gain = new Smoother(seconds);
    }

    public static EffectKind Description { get; } = new(
        "autoexposure", "Keeps the picture as light as is wanted, and follows the light.",
        [
            EffectKey.Number("target", 45, 10, 90, "the mean brightness that is wanted, in percent of white"),
            EffectKey.Number("most", 100, 0, 100, "how far it may go, in percent of two stops either way"),
            EffectKey.Number("seconds", 1, 0, 30, "how fast it follows the light"),
        ],
        static (values, _) => new AutoExposureEffect(values.Number("target") / 100, values.Number("most") / 100, values.Number("seconds")));

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        _statistics.Count(source);
        double mean = Math.Clamp((_statistics.Mean - Black) / Span, 0.01, 0.99), most = MostStops * _most;

        // The curve below takes a mean m to gm / (1 + (g - 1) m); this is the g that takes it to the target.
        double wanted = _target * (1 - mean) / (mean * (1 - _target));
        _gain.Follow(Math.Clamp(Math.Log2(wanted), -most, most), presentationTime);
        if (Math.Abs(_gain.Value - _written) > 0.002 || double.IsNaN(_written)) Write(Math.Pow(2, _gain.Value));
        _tables.Apply(source, target);
    }

    public void Dispose()
    {
    }

    private void Write(double gain)
    {
        _written = Math.Log2(gain);
        double colors = Math.Clamp(Math.Sqrt(gain), 0.7, 1.4);
        for (int code = 0; code < 256; code++)
        {
            double luma = Math.Clamp((code - Black) / Span, 0, 1);
            _tables.Luma[code] = (byte)Math.Round(Black + Span * gain * luma / (1 + (gain - 1) * luma));
            _tables.U[code] = _tables.V[code] = (byte)Math.Round(Math.Clamp(128 + (code - 128) * colors, 16, 240));
        }
    }
}
