namespace Camfx.Effects.AutoFrame;

/// <summary>
/// A number that follows another as a critically damped spring does: it sets out softly, arrives softly, and never goes beyond. The same way however many frames it takes.
/// </summary>
internal struct DampedValue(double value)
{
    private double _speed;

    /// <summary>Where it is.</summary>
    public double Value { get; private set; } = value;

    /// <summary>Goes on.</summary>
    /// <param name="wanted">Where it shall be.</param>
    /// <param name="passed">Seconds since the last call.</param>
    /// <param name="rate">How fast, per second: two thirds of the way take about twice its inverse.</param>
    public void Follow(double wanted, double passed, double rate)
    {
        double left = Value - wanted, pace = _speed + rate * left, part = Math.Exp(-rate * passed);
        Value = wanted + (left + pace * passed) * part;
        _speed = (_speed - rate * pace * passed) * part;
    }
}
