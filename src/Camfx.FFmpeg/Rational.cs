namespace Camfx.FFmpeg;

/// <summary>A frame rate or an aspect ratio as a fraction; 0/1 where it is not known.</summary>
/// <param name="Numerator">Not negative.</param>
/// <param name="Denominator">Positive.</param>
public readonly record struct Rational(int Numerator, int Denominator)
{
    /// <summary>Whether there is a value at all.</summary>
    public bool IsKnown => Numerator > 0 && Denominator > 0;

    /// <summary>The fraction as a number, or 0 when it is not known.</summary>
    public double Value => IsKnown ? (double)Numerator / Denominator : 0;

    /// <summary>E.g. <c>30000/1001</c>.</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";

    internal static Rational From(Interop.AVRational value) =>
        value.num > 0 && value.den > 0 ? new Rational(value.num, value.den) : new Rational(0, 1);
}
