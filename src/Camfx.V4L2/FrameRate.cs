using System.Globalization;

namespace Camfx.V4L2;

/// <summary>Frames a second as a fraction, e.g. 30000/1001. V4L2 tells its inverse, the time of one frame.</summary>
/// <param name="Numerator">Frames, more than 0; 0 where the device does not say.</param>
/// <param name="Denominator">Seconds, more than 0.</param>
public readonly record struct FrameRate(int Numerator, int Denominator) : IComparable<FrameRate>
{
    /// <summary>The device does not say.</summary>
    public static FrameRate Unknown { get; } = new(0, 1);

    /// <summary>Whether the device says one.</summary>
    public bool IsKnown => Numerator > 0 && Denominator > 0;

    /// <summary>Frames a second; 0 where unknown.</summary>
    public double PerSecond => IsKnown ? (double)Numerator / Denominator : 0;

    /// <summary>Nanoseconds of one frame; 0 where unknown.</summary>
    public long FrameTimeNs => IsKnown ? (long)(1_000_000_000.0 * Denominator / Numerator) : 0;

    /// <summary>From the time of one frame as V4L2 has it; 0/x and x/0 mean that the device does not say.</summary>
    internal static FrameRate FromInterval(uint numerator, uint denominator) =>
        numerator is 0 or > int.MaxValue || denominator is 0 or > int.MaxValue ? Unknown : new((int)denominator, (int)numerator);

    /// <inheritdoc/>
    public int CompareTo(FrameRate other) => PerSecond.CompareTo(other.PerSecond);

    /// <inheritdoc/>
    public override string ToString() => PerSecond.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Whether the left is slower.</summary>
    public static bool operator <(FrameRate left, FrameRate right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is faster.</summary>
    public static bool operator >(FrameRate left, FrameRate right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is not faster.</summary>
    public static bool operator <=(FrameRate left, FrameRate right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is not slower.</summary>
    public static bool operator >=(FrameRate left, FrameRate right) => left.CompareTo(right) >= 0;
}
