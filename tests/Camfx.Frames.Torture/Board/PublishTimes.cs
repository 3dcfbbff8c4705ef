using System.Numerics;

namespace Camfx.Frames.Torture.Board;

/// <summary>A histogram of times in ns, in shared memory so that it outlives its process: 16 steps for each doubling.</summary>
internal readonly unsafe struct PublishTimes(long* buckets)
{
    public const int Buckets = 1024;
    private const int StepBits = 4;

    public long Count
    {
        get
        {
            long count = 0;
            for (int i = 0; i < Buckets; i++) count += buckets[i];
            return count;
        }
    }

    public void Add(long nanoseconds)
    {
        ulong value = (ulong)Math.Max(0, nanoseconds);
        int scale = Math.Max(0, BitOperations.Log2(value) - StepBits);
        buckets[(scale << StepBits) + (int)(value >> scale)]++;
    }

    /// <summary>The time that this share of the publications did not exceed, of two histograms taken together.</summary>
    public static long Quantile(double share, PublishTimes first, PublishTimes second = default)
    {
        long left = (long)(share * (first.Count + (second.IsThere ? second.Count : 0)));
        for (int i = 0; i < Buckets; i++)
        {
            left -= first.At(i) + (second.IsThere ? second.At(i) : 0);
            if (left < 0) return Value(i);
        }

        return 0;
    }

    private bool IsThere => buckets != null;

    private long At(int bucket) => buckets[bucket];

    private static long Value(int bucket)
    {
        int scale = Math.Max(0, (bucket >> StepBits) - 1);
        return (long)(bucket - (scale << StepBits)) << scale;
    }
}
