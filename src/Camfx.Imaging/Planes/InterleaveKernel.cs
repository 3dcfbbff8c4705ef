using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Planes;

/// <summary>Two rows of bytes (Source0, Source1) into one where they take turns (Target0). The unit is one byte of each.</summary>
internal readonly unsafe struct InterleaveKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[2 * unit] = row.Source0[unit];
        row.Target0[2 * unit + 1] = row.Source1[unit];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes a = TLanes.Load(row.Source0 + unit), b = TLanes.Load(row.Source1 + unit);
        TLanes.Store(row.Target0 + 2 * unit, TLanes.InterleaveLow(a, b));
        TLanes.Store(row.Target0 + 2 * unit + TLanes.Width, TLanes.InterleaveHigh(a, b));
    }
}
