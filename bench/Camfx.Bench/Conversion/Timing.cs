using System.Diagnostics;

namespace Camfx.Bench.Conversion;

/// <summary>Times of one contestant, in microseconds.</summary>
internal sealed class Timing(Action run)
{
    private readonly List<double> _samples = [];

    public double Median => Sorted[_samples.Count / 2];
    public double Minimum => Sorted[0];
    public double Maximum => Sorted[^1];
    private double[] Sorted => [.. _samples.Order()];

    /// <summary>Runs without counting.</summary>
    public void WarmUp(int times)
    {
        for (int i = 0; i < times; i++) run();
    }

    /// <summary>Takes one sample: the mean over a batch.</summary>
    public void Sample(int batch)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < batch; i++) run();
        _samples.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / batch);
    }

    public override string ToString() => FormattableString.Invariant($"{Median:F0} ({Minimum:F0}–{Maximum:F0})");
}
