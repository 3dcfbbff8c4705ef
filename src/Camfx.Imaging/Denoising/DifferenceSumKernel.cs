using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Denoising;

/// <summary>The five rows of differences of a column, weighted 1, 4, 6, 4, 1, a quarter of that, to Sums. The unit is a column, the first one two before the row's first.</summary>
internal readonly unsafe struct DifferenceSumKernel : IKernel<DenoiseRow>
{
    /// <summary>Columns beyond each end of the row that have a sum too.</summary>
    public const int Beyond = 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in DenoiseRow row, int unit)
    {
        int x = unit - Beyond;
        row.Sums[x] = (short)(row.Above2[x] + row.Below2[x] + 4 * (row.Above[x] + row.Below[x]) + 6 * row.Middle[x] >> 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in DenoiseRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        int x = unit - Beyond;
        TWords outer = TLanes.Add(TLanes.LoadWords(row.Above2 + x), TLanes.LoadWords(row.Below2 + x));
        TWords inner = TLanes.Add(TLanes.LoadWords(row.Above + x), TLanes.LoadWords(row.Below + x)), middle = TLanes.LoadWords(row.Middle + x);
        TWords sum = TLanes.Add(outer, TLanes.Add(TLanes.ShiftLeft(TLanes.Add(inner, middle), 2), TLanes.ShiftLeft(middle, 1)));
        TLanes.StoreWords(row.Sums + x, TLanes.ShiftRight(sum, 2));
    }
}
