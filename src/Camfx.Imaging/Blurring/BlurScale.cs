namespace Camfx.Imaging.Blurring;

/// <summary>
/// How a Gaussian blur is parted: the picture is reduced by 2 or 4, blurred there, and expanded along straight lines. Reducing and expanding blur too;
/// their variances, (n² − 1) / 12 and n² / 6 pixels², are taken off the Gaussian's, so that the sum of all three is what was asked for.
/// </summary>
internal readonly struct BlurScale
{
    // From here on a quarter of the pixels holds all that the blur leaves; the largest is where the rounding of all taps may reach half a level.
    private const double FromQuarter = 5;

    public const double Smallest = 2, Largest = 32;

    public BlurScale(double sigma)
    {
        if (!(sigma is >= Smallest and <= Largest))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, $"The standard deviation goes from {Smallest} to {Largest} pixels.");
        Factor = sigma >= FromQuarter ? 4 : 2;
        int square = Factor * Factor;
        double left = Math.Sqrt((sigma * sigma - (square - 1) / 12.0 - square / 6.0) / square);
        Radius = (int)Math.Ceiling(3 * left);
        Weights = GC.AllocateArray<short>(Radius + 1, pinned: true);
        double[] shape = new double[Radius + 1];
        for (int tap = 0; tap <= Radius; tap++) shape[tap] = Math.Exp(-tap * tap / (2 * left * left));
        double total = 2 * shape.Sum() - shape[0];
        int others = 0;
        for (int tap = 1; tap <= Radius; tap++)
        {
            Weights[tap] = (short)Math.Round(shape[tap] / total * (1 << 15));
            others += 2 * Weights[tap];
        }

        // What rounding left over: a flat picture stays exactly what it is.
        Weights[0] = (short)((1 << 15) - others);
    }

    /// <summary>Pixels that become one, each way.</summary>
    public int Factor { get; }

    /// <summary>Neighbours each way that count, in samples of the reduced picture.</summary>
    public int Radius { get; }

    /// <summary>Their weights, Q15, the middle's first; they add up to one.</summary>
    public short[] Weights { get; }
}
