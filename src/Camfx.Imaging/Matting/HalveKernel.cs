using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Matting;

/// <summary>The rounded mean of 2x2 bytes of two rows (Source0, Source1) as a byte of Target0. The unit is a byte of the target.</summary>
internal readonly unsafe struct HalveKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        int x = 2 * unit;
        row.Target0[unit] = (byte)(row.Source0[x] + row.Source0[x + 1] + row.Source1[x] + row.Source1[x + 1] + 2 >> 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        int x = 2 * unit;
        TWords sum = TLanes.Add(TLanes.SumPairs(TLanes.Load(row.Source0 + x)), TLanes.SumPairs(TLanes.Load(row.Source1 + x)));
        TLanes.StoreNarrow(row.Target0 + unit, TLanes.ShiftRight(TLanes.Add(sum, TLanes.SplatWord(2)), 2));
    }
}
