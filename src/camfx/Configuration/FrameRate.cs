using System.Globalization;

namespace Camfx.Configuration;

/// <summary>Frames a second as a fraction, so that 29.97 is exactly 30000/1001.</summary>
internal readonly record struct FrameRate(int Numerator, int Denominator)
{
    /// <summary>Slowest and fastest rate a camera may have, in frames a second.</summary>
    public const double Slowest = 1, Fastest = 240;

    public double PerSecond => (double)Numerator / Denominator;

    /// <summary>Time from one frame to the next in ns.</summary>
    public long Interval => 1_000_000_000L * Denominator / Numerator;

    /// <summary>Reads <c>30</c>, <c>29.97</c> or <c>30000/1001</c>.</summary>
    /// <exception cref="CamfxException">The text is no rate from 1 to 240.</exception>
    public static FrameRate Parse(string text)
    {
        string[] parts = text.Split('/');
        FrameRate rate = default;
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int numerator)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int denominator)
            && denominator > 0)
        {
            rate = new FrameRate(numerator, denominator);
        }
        else if (parts.Length == 1 && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
        {
            rate = FromDouble(value);
        }

        return rate.Denominator > 0 && rate.PerSecond is >= Slowest and <= Fastest
            ? rate
            : throw CamfxException.Usage($"The frame rate '{text}' is not a number from {Slowest} to {Fastest}; write for example --fps 30.");
    }

    public override string ToString() => PerSecond.ToString("0.###", CultureInfo.InvariantCulture);

    private static FrameRate FromDouble(double value)
    {
        if (value is < Slowest or > Fastest || double.IsNaN(value)) return default;
        if (value == Math.Round(value)) return new FrameRate((int)value, 1);

        // NTSC's rates are written with two decimals and mean N·1000/1001.
        int ntsc = (int)Math.Round(value * 1001 / 1000);
        return Math.Abs(ntsc * 1000.0 / 1001 - value) < 0.005
            ? new FrameRate(ntsc * 1000, 1001)
            : new FrameRate((int)Math.Round(value * 1000), 1000);
    }
}
