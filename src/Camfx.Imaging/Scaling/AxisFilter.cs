namespace Camfx.Imaging.Scaling;

/// <summary>
/// One direction of a scaling: for each target sample the first source sample it is made of and the weights from there on. The number of
/// weights is even and the same for all; weights are whole 16384ths and sum to exactly one, so a flat picture stays flat.
/// </summary>
/// <remarks>Immutable; thread-safe. Only a movable one is neither.</remarks>
internal sealed class AxisFilter
{
    /// <summary>Fractional bits of a weight.</summary>
    public const int WeightBits = 14;

    /// <summary>Shrinking further than this averages all the samples covered; two neighbours would leave gaps and so shimmer.</summary>
    private const double AreaThreshold = 1.5;

    public AxisFilter(int sourceLength, int targetLength)
    {
        SourceLength = sourceLength;
        TargetLength = targetLength;
        double ratio = (double)sourceLength / targetLength;
        bool area = ratio > AreaThreshold;
        int taps = area ? (int)Math.Ceiling(ratio) + 1 : 2;
        PairCount = (taps + 1) / 2;
        Offsets = GC.AllocateArray<int>(targetLength, pinned: true);
        Pairs = GC.AllocateArray<int>(targetLength * PairCount, pinned: true);
        double[] exact = new double[2 * PairCount];
        short[] weights = new short[2 * PairCount];
        for (int i = 0; i < targetLength; i++)
        {
            double start = area ? i * ratio : (i + 0.5) * ratio - 0.5;
            int first = (int)Math.Floor(start);
            int offset = Math.Clamp(first, 0, Math.Max(0, sourceLength - exact.Length));
            Array.Clear(exact);
            for (int tap = 0; tap < taps; tap++)
            {
                double weight = area ? Covered(start, start + ratio, first + tap) / ratio : 1 - Math.Abs(start - (first + tap));
                // Samples outside the picture are its edge.
                exact[Math.Clamp(first + tap, 0, sourceLength - 1) - offset] += weight;
            }

            Quantize(exact, weights);
            Offsets[i] = offset;
            for (int pair = 0; pair < PairCount; pair++)
                Pairs[pair * targetLength + i] = (ushort)weights[2 * pair] | weights[2 * pair + 1] << 16;
        }

        for (int i = 0; i < targetLength; i++)
            WidestSpan = Math.Max(WidestSpan, Offsets[Math.Min(i + 15, targetLength - 1)] - Offsets[i]);
    }

    private AxisFilter(int length)
    {
        SourceLength = TargetLength = length;
        PairCount = 1;
        WidestSpan = 16;
        Offsets = GC.AllocateArray<int>(length, pinned: true);
        Pairs = GC.AllocateArray<int>(length, pinned: true);
    }

    public int SourceLength { get; }
    public int TargetLength { get; }

    /// <summary>Weights of a target sample, in pairs.</summary>
    public int PairCount { get; }

    /// <summary>First source sample of each target sample; never falls.</summary>
    public int[] Offsets { get; }

    /// <summary>Weights by twos, the first in the low half; all first pairs, then all second ones and so on.</summary>
    public int[] Pairs { get; }

    /// <summary>Largest distance between the offsets of sixteen neighbours.</summary>
    public int WidestSpan { get; }

    /// <summary>A filter from a part of the source to as many samples as the whole source has; <see cref="Aim"/> says which part.</summary>
    /// <param name="length">Samples of either, at least 2.</param>
    public static AxisFilter Movable(int length) => new(length);

    /// <summary>Moves a movable one.</summary>
    /// <param name="start">Where the part begins; it may be between two samples.</param>
    /// <param name="length">Of the part: at most that of the source.</param>
    public void Aim(double start, double length)
    {
        double step = length / TargetLength, at = start + step / 2 - 0.5;
        for (int i = 0; i < Offsets.Length; i++, at += step)
        {
            // Samples outside the picture are its edge.
            double place = Math.Clamp(at, 0, SourceLength - 1);
            int offset = Math.Min((int)place, SourceLength - 2), second = (int)((place - offset) * (1 << WeightBits) + 0.5);
            Offsets[i] = offset;
            Pairs[i] = (1 << WeightBits) - second | second << 16;
        }
    }

    private static double Covered(double from, double to, int sample) => Math.Max(0, Math.Min(to, sample + 1) - Math.Max(from, sample));

    /// <summary>Rounds the weights; the largest one takes what rounding left over.</summary>
    private static void Quantize(double[] exact, short[] weights)
    {
        int sum = 0, largest = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            weights[i] = (short)Math.Round(exact[i] * (1 << WeightBits));
            sum += weights[i];
            if (weights[i] > weights[largest]) largest = i;
        }

        weights[largest] += (short)((1 << WeightBits) - sum);
    }
}
