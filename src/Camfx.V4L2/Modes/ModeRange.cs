namespace Camfx.V4L2;

/// <summary>Sizes and rates of one format that a driver describes together: one size, or every size within bounds; some rates, or all within bounds.</summary>
/// <param name="Code">V4L2's code of the format (fourcc).</param>
/// <param name="Description">The driver's words for the format.</param>
/// <param name="MinWidth">Smallest width; the only one if <paramref name="MaxWidth"/> is the same.</param>
/// <param name="MaxWidth">Largest width.</param>
/// <param name="StepWidth">Widths are multiples of this above the smallest; at least 1.</param>
/// <param name="MinHeight">Smallest height.</param>
/// <param name="MaxHeight">Largest height.</param>
/// <param name="StepHeight">Heights are multiples of this above the smallest; at least 1.</param>
/// <param name="Rates">The rates, fastest first; where <paramref name="AnyRate"/> is set, the fastest and the slowest. Empty: the driver does not say.</param>
/// <param name="AnyRate">Whether every rate between the first and the last of <paramref name="Rates"/> can be had.</param>
public sealed record ModeRange(
    uint Code,
    string Description,
    int MinWidth,
    int MaxWidth,
    int StepWidth,
    int MinHeight,
    int MaxHeight,
    int StepHeight,
    IReadOnlyList<FrameRate> Rates,
    bool AnyRate = false)
{
    /// <summary>Whether there is exactly one size.</summary>
    public bool IsDiscrete => MinWidth == MaxWidth && MinHeight == MaxHeight;

    /// <summary>The mode of this range nearest to a wish: at least that size and rate where it has them.</summary>
    public VideoMode Nearest(int width, int height, double framesPerSecond) =>
        new(Code, Fit(width, MinWidth, MaxWidth, StepWidth), Fit(height, MinHeight, MaxHeight, StepHeight), NearestRate(framesPerSecond));

    private static int Fit(int wanted, int smallest, int largest, int step)
    {
        if (wanted <= smallest) return smallest;
        int size = smallest + (int)(((long)wanted - smallest + step - 1) / step * step);
        return size <= largest ? size : smallest + (largest - smallest) / step * step;
    }

    // The slowest that is fast enough; 30 is asked for and 29.97 is meant.
    private FrameRate NearestRate(double wanted)
    {
        if (Rates.Count == 0) return FrameRate.Unknown;
        if (AnyRate && wanted <= Rates[0].PerSecond && wanted >= Rates[^1].PerSecond) return new FrameRate((int)Math.Round(wanted * 1000), 1000);
        FrameRate nearest = Rates[0];
        foreach (FrameRate rate in Rates)
            if (rate.PerSecond >= wanted * VideoModes.EnoughOfRate && rate < nearest) nearest = rate;
        return nearest;
    }
}
