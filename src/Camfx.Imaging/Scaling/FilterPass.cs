using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Camfx.Imaging.Scaling;

/// <summary>
/// The two passes of a scaling. The vertical one makes words with seven fractional bits out of a few rows of bytes, the horizontal one
/// bytes out of those words; the weights' bits and those seven are rounded away once, at the end of each pass.
/// </summary>
internal static unsafe class FilterPass
{
    /// <summary>From 8 + 14 bits to 8 + 7.</summary>
    public const int RowShift = AxisFilter.WeightBits - 7;

    /// <summary>From 8 + 7 + 14 bits to 8.</summary>
    public const int ColumnShift = AxisFilter.WeightBits + 7;

    /// <summary>Words behind a row that <see cref="Columns"/> may read (never use).</summary>
    public const int Padding = 64;

    /// <summary>Vertical: <paramref name="count"/> words from the rows that target row <paramref name="y"/> is made of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(AxisFilter filter, int y, byte* source, int stride, short* target, int count)
    {
        int pairCount = filter.PairCount;
        byte** rows = stackalloc byte*[2 * pairCount];
        int* weights = stackalloc int[pairCount];
        for (int pair = 0; pair < pairCount; pair++) weights[pair] = filter.Pairs[pair * filter.TargetLength + y];
        // A picture with fewer rows than weights has zero weights behind its last row: any row will do for them.
        for (int tap = 0; tap < 2 * pairCount; tap++)
            rows[tap] = source + (nint)Math.Min(filter.Offsets[y] + tap, filter.SourceLength - 1) * stride;

        int done = 0;
        if (FilterLanes512.IsSupported) done = RowVectors<FilterLanes512, Vector512<int>>(rows, weights, pairCount, target, done, count);
        if (FilterLanes256.IsSupported) done = RowVectors<FilterLanes256, Vector256<int>>(rows, weights, pairCount, target, done, count);
        if (FilterLanes128.IsSupported) done = RowVectors<FilterLanes128, Vector128<int>>(rows, weights, pairCount, target, done, count);
        else if (PortableFilterLanes.IsSupported)
            done = RowVectors<PortableFilterLanes, Vector128<int>>(rows, weights, pairCount, target, done, count);
        for (; done < count; done++)
        {
            int sum = 1 << RowShift - 1;
            for (int pair = 0; pair < pairCount; pair++)
                sum += rows[2 * pair][done] * (short)weights[pair] + rows[2 * pair + 1][done] * (weights[pair] >> 16);
            target[done] = (short)(sum >> RowShift);
        }
    }

    /// <summary>Horizontal: all target bytes from one row of words with <see cref="Padding"/> behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(AxisFilter filter, short* source, byte* target)
    {
        int done = 0;
        fixed (int* offsets = filter.Offsets, pairs = filter.Pairs)
        {
            if (FilterLanes512.IsSupported) done = ColumnVectors<FilterLanes512, Vector512<int>>(filter, offsets, pairs, source, target, done);
            if (FilterLanes256.IsSupported) done = ColumnVectors<FilterLanes256, Vector256<int>>(filter, offsets, pairs, source, target, done);
            if (FilterLanes128.IsSupported)
                done = ColumnVectors<FilterLanes128, Vector128<int>>(filter, offsets, pairs, source, target, done);
            else if (PortableFilterLanes.IsSupported)
                done = ColumnVectors<PortableFilterLanes, Vector128<int>>(filter, offsets, pairs, source, target, done);
            for (; done < filter.TargetLength; done++)
            {
                int sum = 1 << ColumnShift - 1;
                for (int pair = 0; pair < filter.PairCount; pair++)
                {
                    int weights = pairs[pair * filter.TargetLength + done];
                    short* words = source + offsets[done] + 2 * pair;
                    sum += words[0] * (short)weights + words[1] * (weights >> 16);
                }

                target[done] = (byte)(sum >> ColumnShift);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static int RowVectors<TLanes, TInts>(byte** rows, int* weights, int pairCount, short* target, int done, int count)
        where TLanes : struct, IFilterLanes<TInts>
        where TInts : unmanaged
    {
        for (; done <= count - 2 * TLanes.Count; done += 2 * TLanes.Count)
        {
            TInts low = TLanes.Splat(1 << RowShift - 1), high = low;
            for (int pair = 0; pair < pairCount; pair++)
                TLanes.AddRows(rows[2 * pair] + done, rows[2 * pair + 1] + done, TLanes.Splat(weights[pair]), ref low, ref high);

            TLanes.StoreWords(target + done, low, high);
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static int ColumnVectors<TLanes, TInts>(AxisFilter filter, int* offsets, int* pairs, short* source, byte* target, int done)
        where TLanes : struct, IFilterLanes<TInts>
        where TInts : unmanaged
    {
        int length = filter.TargetLength, pairCount = filter.PairCount;
        bool inWindow = filter.WidestSpan + 1 < Padding;
        for (; done <= length - TLanes.Count; done += TLanes.Count)
        {
            TInts sum = TLanes.Splat(1 << ColumnShift - 1);
            for (int pair = 0; pair < pairCount; pair++)
            {
                TInts words = TLanes.Gather(source + 2 * pair, offsets + done, inWindow);
                sum = TLanes.AddPairs(sum, words, TLanes.Load(pairs + pair * length + done));
            }

            TLanes.StoreBytes(target + done, sum);
        }

        return done;
    }
}
