using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Planes;

/// <summary>One row where two channels take turns (Source0) into a row of each (Target0, Target1). The unit is one byte of each.</summary>
internal readonly unsafe struct DeinterleaveKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[unit] = row.Source0[2 * unit];
        row.Target1[unit] = row.Source0[2 * unit + 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes a = TLanes.Load(row.Source0 + 2 * unit), b = TLanes.Load(row.Source0 + 2 * unit + TLanes.Width);
        TLanes.Store(row.Target0 + unit, TLanes.Even(a, b));
        TLanes.Store(row.Target1 + unit, TLanes.Odd(a, b));
    }
}
