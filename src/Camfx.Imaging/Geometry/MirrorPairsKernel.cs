using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Geometry;

/// <summary>A row of byte pairs backwards, each pair in its own order (NV12 chroma). Source0 points behind the last byte. The unit is a pair.</summary>
internal readonly unsafe struct MirrorPairsKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[2 * unit] = row.Source0[-2 - 2 * unit];
        row.Target0[2 * unit + 1] = row.Source0[-1 - 2 * unit];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes reversed = TLanes.Reverse(TLanes.Load(row.Source0 - 2 * unit - TLanes.Width));
        Vector128<byte> swapped = Vector128.Create((byte)1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
        TLanes.Store(row.Target0 + 2 * unit, TLanes.ShuffleLanes(reversed, swapped));
    }
}
