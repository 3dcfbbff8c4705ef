using System.Diagnostics;

namespace Camfx.Bench.Conversion;

/// <summary>Times of one contestant, in microseconds.</summary>
/// <param name="run">What is timed.</param>
/// <param name="prepare">What comes before each run and is not timed; null: nothing does.</param>
internal sealed class Timing(Action run, Action? prepare = null)
{
    private readonly List<double> _samples = [];

    public double Median => Sorted[_samples.Count / 2];
    public double Minimum => Sorted[0];
    public double Maximum => Sorted[^1];
    private double[] Sorted => [.. _samples.Order()];

    /// <summary>Runs without counting.</summary>
    public void WarmUp(int times)
    {
        for (int i = 0; i < times; i++)
        {
            prepare?.Invoke();
            run();
        }
    }

    /// <summary>Takes one sample: the mean over a batch.</summary>
    public void Sample(int batch)
    {
        if (prepare is null)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < batch; i++) run();
            _samples.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / batch);
            return;
        }

        double total = 0;
        for (int i = 0; i < batch; i++)
        {
            prepare();
            long start = Stopwatch.GetTimestamp();
            run();
            total += Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        _samples.Add(total / batch);
    }

    public override string ToString() => FormattableString.Invariant($"{Median:F0} ({Minimum:F0}–{Maximum:F0})");
}
