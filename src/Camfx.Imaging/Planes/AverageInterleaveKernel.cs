using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Planes;

/// <summary>
/// The rounded means of two U rows (Source0, Source1) and of two V rows (Source2, Source3), taking turns (Target0). The unit is one byte of each.
/// </summary>
internal readonly unsafe struct AverageInterleaveKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[2 * unit] = (byte)(row.Source0[unit] + row.Source1[unit] + 1 >> 1);
        row.Target0[2 * unit + 1] = (byte)(row.Source2[unit] + row.Source3[unit] + 1 >> 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes u = TLanes.Average(TLanes.Load(row.Source0 + unit), TLanes.Load(row.Source1 + unit));
        TBytes v = TLanes.Average(TLanes.Load(row.Source2 + unit), TLanes.Load(row.Source3 + unit));
        TLanes.Store(row.Target0 + 2 * unit, TLanes.InterleaveLow(u, v));
        TLanes.Store(row.Target0 + 2 * unit + TLanes.Width, TLanes.InterleaveHigh(u, v));
    }
}
