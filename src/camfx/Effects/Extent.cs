using System.Globalization;

namespace Camfx.Effects;

/// <summary>A length as users write it: pixels, or percent of the picture's width or height.</summary>
/// <param name="Value">How many.</param>
/// <param name="IsPercent">Of the whole rather than pixels.</param>
internal readonly record struct Extent(double Value, bool IsPercent)
{
    // Beyond any picture; keeps later arithmetic in int.
    private const double Largest = 100_000;

    /// <summary>Reads <c>20</c>, <c>-20</c> or <c>5%</c>.</summary>
    public static bool TryParse(string text, out Extent extent)
    {
        bool isPercent = text.EndsWith('%');
        bool isNumber = double.TryParse(
            text.AsSpan(0, text.Length - (isPercent ? 1 : 0)), NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        extent = new Extent(value, isPercent);
        return isNumber && Math.Abs(value) <= Largest;
    }

    /// <summary>The length in pixels of a picture that is <paramref name="whole"/> pixels wide or high.</summary>
    public double Of(int whole) => IsPercent ? Value * whole / 100 : Value;

    /// <summary>The length in whole pixels, to the nearest.</summary>
    public int Pixels(int whole) => (int)Math.Round(Of(whole));
}
