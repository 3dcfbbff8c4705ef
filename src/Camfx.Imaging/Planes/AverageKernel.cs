using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Planes;

/// <summary>The rounded mean of two rows (Source0, Source1) into one (Target0). The unit is a byte.</summary>
internal readonly unsafe struct AverageKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[unit] = (byte)(row.Source0[unit] + row.Source1[unit] + 1 >> 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TLanes.Store(row.Target0 + unit, TLanes.Average(TLanes.Load(row.Source0 + unit), TLanes.Load(row.Source1 + unit)));
    }
}
