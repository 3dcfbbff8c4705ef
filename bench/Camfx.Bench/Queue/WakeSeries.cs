namespace Camfx.Bench.Queue;

/// <summary>Wake latencies of several rounds, each reduced to its median and its 99th percentile, in µs.</summary>
internal sealed class WakeSeries
{
    public List<double> Medians { get; } = [];

    public List<double> Tails { get; } = [];

    public void Add(long[] latencies)
    {
        Array.Sort(latencies);
        Medians.Add(latencies[latencies.Length / 2] / 1000.0);
        Tails.Add(latencies[latencies.Length * 99 / 100] / 1000.0);
    }

    public List<double> RatiosTo(WakeSeries other) => [.. Medians.Zip(other.Medians, (own, peer) => own / peer)];
}
