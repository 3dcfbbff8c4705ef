using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>
/// A sample brought nearer to its neighbourhood, by Value0 codes at most: what differs less is noise and goes, an edge differs more and stays. Words are the sums of columns. The
/// unit is a byte.
/// </summary>
internal readonly unsafe struct SoftenKernel : IKernel<NeighbourRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in NeighbourRow row, int unit)
    {
        int code = row.Middle[unit], over = code - Binomial.At(row.Words + unit), most = row.Value0;
        row.Target[unit] = (byte)(code - Math.Clamp(over, -most, most));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in NeighbourRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords code = TLanes.LoadWide(row.Middle + unit), blurred = Binomial.At<TLanes, TBytes, TWords>(row.Words + unit), most = TLanes.SplatWord(row.Value0);

        // What goes beyond the limit on either side, taken off: the limited difference, from operations there are.
        TWords over = TLanes.Subtract(code, blurred);
        TWords above = TLanes.ClampToByte(TLanes.Subtract(over, most));
        TWords below = TLanes.ClampToByte(TLanes.Subtract(TLanes.Subtract(blurred, code), most));
        TLanes.StoreNarrow(row.Target + unit, TLanes.Add(blurred, TLanes.Subtract(above, below)));
    }
}
