namespace Camfx.Pipeline;

/// <summary>How many pictures came and frames went in the last second.</summary>
/// <remarks>The render thread adds, any thread asks: an entry that is just being replaced is off by one tick.</remarks>
internal sealed class RateWindow
{
    private const long Second = 1_000_000_000;

    // More than a second of the fastest camera.
    private readonly Entry[] _entries = new Entry[256];
    private long _count;

    /// <summary>What had been counted at a point in time, CLOCK_MONOTONIC in ns.</summary>
    public void Add(long time, long pictures, long frames)
    {
        _entries[_count % _entries.Length] = new Entry(time, pictures, frames);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Pictures and frames a second, over the last second before this time.</summary>
    public (double In, double Out) At(long time)
    {
        long count = Volatile.Read(ref _count);
        if (count < 2) return (0, 0);
        Entry last = _entries[(count - 1) % _entries.Length];
        if (time - last.Time > Second) return (0, 0);
        Entry first = last;
        for (long i = count - 2; i >= 0 && i > count - _entries.Length; i--)
        {
            Entry entry = _entries[i % _entries.Length];
            if (last.Time - entry.Time > Second) break;
            first = entry;
        }

        double seconds = (last.Time - first.Time) / 1e9;
        return seconds <= 0 ? (0, 0) : ((last.Pictures - first.Pictures) / seconds, (last.Frames - first.Frames) / seconds);
    }

    private readonly record struct Entry(long Time, long Pictures, long Frames);
}
