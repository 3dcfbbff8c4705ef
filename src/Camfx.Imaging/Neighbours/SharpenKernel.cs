using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>
/// A sample and Value0 / 64 times (128 at most) what it has over its neighbourhood; the first Value1 codes of that do not count: they are noise. Words are the
/// sums of columns. The unit is a byte.
/// </summary>
internal readonly unsafe struct SharpenKernel : IKernel<NeighbourRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in NeighbourRow row, int unit)
    {
        int code = row.Middle[unit], over = code - Binomial.At(row.Words + unit);
        int counts = FixedPoint.Clamp(over - row.Value1) - FixedPoint.Clamp(-over - row.Value1);
        row.Target[unit] = FixedPoint.Clamp(code + (counts * row.Value0 + 32 >> 6));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in NeighbourRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords code = TLanes.LoadWide(row.Middle + unit), blurred = Binomial.At<TLanes, TBytes, TWords>(row.Words + unit), core = TLanes.SplatWord(row.Value1);
        TWords more = TLanes.ClampToByte(TLanes.Subtract(TLanes.Subtract(code, blurred), core));
        TWords less = TLanes.ClampToByte(TLanes.Subtract(TLanes.Subtract(blurred, code), core));
        TWords added = TLanes.Multiply(TLanes.Subtract(more, less), TLanes.SplatWord(row.Value0));
        TLanes.StoreNarrow(row.Target + unit, TLanes.Add(code, TLanes.ShiftRight(TLanes.Add(added, TLanes.SplatWord(32)), 6)));
    }
}
