using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>The blur of 5x5 samples out of the sums of columns, weighted 1, 4, 6, 4, 1 again: nearly a Gaussian of one pixel.</summary>
internal static unsafe class Binomial
{
    private const int Half = 128, Shift = 8;

    /// <summary>One sample: 65 408 at most, within 16 bits without a sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int At(short* sums) => sums[-2] + sums[2] + 4 * (sums[-1] + sums[1]) + 6 * sums[0] + Half >> Shift;

    /// <summary>A vector of them, as words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWords At<TLanes, TBytes, TWords>(short* sums)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords outer = TLanes.Add(TLanes.LoadWords(sums - 2), TLanes.LoadWords(sums + 2));
        TWords inner = TLanes.Add(TLanes.LoadWords(sums - 1), TLanes.LoadWords(sums + 1)), middle = TLanes.LoadWords(sums);
        TWords sum = TLanes.Add(outer, TLanes.Add(TLanes.ShiftLeft(TLanes.Add(inner, middle), 2), TLanes.ShiftLeft(middle, 1)));
        return TLanes.ShiftRightUnsigned(TLanes.Add(sum, TLanes.SplatWord(Half)), Shift);
    }
}
