namespace Camfx.Pipeline;

/// <summary>The last latencies, and what share of them is below which.</summary>
/// <remarks>One thread adds, any thread asks: a value that is just being replaced is the old or the new one.</remarks>
internal sealed class LatencyWindow
{
    private readonly long[] _values = new long[512];
    private long _count;

    /// <summary>One more, in ns.</summary>
    public void Add(long value)
    {
        Volatile.Write(ref _values[_count % _values.Length], value);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The latency that this share (0 to 1) of the last ones does not exceed, in ms; null before the first.</summary>
    public double? Quantile(double share)
    {
        int count = (int)Math.Min(Volatile.Read(ref _count), _values.Length);
        if (count == 0) return null;
        long[] sorted = _values[..count];
        Array.Sort(sorted);
        return sorted[(int)Math.Ceiling(share * count) - 1] / 1e6;
    }
}
