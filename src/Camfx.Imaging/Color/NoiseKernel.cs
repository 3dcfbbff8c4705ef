using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Color;

/// <summary>Source0 plus the signed number in Source1, which stands there with 128 added. The unit is a byte; Target0 may be Source0.</summary>
internal readonly unsafe struct NoiseKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[unit] = FixedPoint.Clamp(row.Source0[unit] + row.Source1[unit] - 128);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes codes = TLanes.Load(row.Source0 + unit), noise = TLanes.Load(row.Source1 + unit);
        TWords middle = TLanes.SplatWord(128);
        TWords low = TLanes.Subtract(TLanes.Add(TLanes.WidenLaneLow(codes), TLanes.WidenLaneLow(noise)), middle);
        TWords high = TLanes.Subtract(TLanes.Add(TLanes.WidenLaneHigh(codes), TLanes.WidenLaneHigh(noise)), middle);
        TLanes.Store(row.Target0 + unit, TLanes.PackLanes(low, high));
    }
}
