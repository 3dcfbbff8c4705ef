using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Geometry;

/// <summary>A row backwards. Source0 points behind the last byte of the source row. The unit is a byte.</summary>
internal readonly unsafe struct MirrorKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[unit] = row.Source0[-1 - unit];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TLanes.Store(row.Target0 + unit, TLanes.Reverse(TLanes.Load(row.Source0 - unit - TLanes.Width)));
    }
}
