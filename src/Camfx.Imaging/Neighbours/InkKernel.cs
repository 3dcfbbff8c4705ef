using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>Source0 less Source1, Value (black) at least. The unit is a byte; the target may be a source.</summary>
internal readonly unsafe struct InkKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[unit] = (byte)(FixedPoint.Clamp(row.Source0[unit] - row.Source1[unit] - row.Value) + row.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes codes = TLanes.Load(row.Source0 + unit), ink = TLanes.Load(row.Source1 + unit);
        TWords black = TLanes.SplatWord(row.Value);
        TWords low = TLanes.Subtract(TLanes.Subtract(TLanes.WidenLaneLow(codes), TLanes.WidenLaneLow(ink)), black);
        TWords high = TLanes.Subtract(TLanes.Subtract(TLanes.WidenLaneHigh(codes), TLanes.WidenLaneHigh(ink)), black);
        TLanes.Store(
            row.Target0 + unit, TLanes.PackLanes(TLanes.Add(TLanes.ClampToByte(low), black), TLanes.Add(TLanes.ClampToByte(high), black)));
    }
}
