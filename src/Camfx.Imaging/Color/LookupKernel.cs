using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Color;

/// <summary>Each byte of Source0 looked up in the 256 bytes at Source1. The unit is a byte; Target0 may be the source.</summary>
internal readonly unsafe struct LookupKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[unit] = row.Source1[row.Source0[unit]];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TLanes.Store(row.Target0 + unit, TLanes.Lookup(row.Source1, TLanes.Load(row.Source0 + unit)));
    }
}
