using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Color;

/// <summary>
/// White (235) where Source0 is well above the threshold in Source1, black (16) where it is well below, eight times the difference between: so a dot's edge is soft. The unit
/// is a byte; the target may be the source.
/// </summary>
internal readonly unsafe struct DotKernel : IKernel<PlaneRow>
{
    private const int Black = 16, Span = 219, Middle = 110, GainBits = 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        row.Target0[unit] = (byte)(Math.Clamp((row.Source0[unit] - row.Source1[unit] << GainBits) + Middle, 0, Span) + Black);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes codes = TLanes.Load(row.Source0 + unit), thresholds = TLanes.Load(row.Source1 + unit);
        TLanes.Store(
            row.Target0 + unit,
            TLanes.PackLanes(
                Dot<TLanes, TBytes, TWords>(TLanes.WidenLaneLow(codes), TLanes.WidenLaneLow(thresholds)),
                Dot<TLanes, TBytes, TWords>(TLanes.WidenLaneHigh(codes), TLanes.WidenLaneHigh(thresholds))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Dot<TLanes, TBytes, TWords>(TWords codes, TWords thresholds)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        // The difference to white, clamped, is clamped at black again: Span is less than the byte that clamps.
        TWords span = TLanes.SplatWord(Span), value = TLanes.Add(TLanes.ShiftLeft(TLanes.Subtract(codes, thresholds), GainBits), TLanes.SplatWord(Middle));
        TWords below = TLanes.ClampToByte(TLanes.Subtract(span, value));
        return TLanes.Add(TLanes.ClampToByte(TLanes.Subtract(span, below)), TLanes.SplatWord(Black));
    }
}
