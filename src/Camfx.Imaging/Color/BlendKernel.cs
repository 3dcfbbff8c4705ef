using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Color;

/// <summary>
/// Source0 over Target0 with the straight alpha in Source1, times Value (0–255). The unit is a byte. Every product is divided by 255 and
/// rounded exactly, so that alpha 0 and 255 leave no trace of the other side.
/// </summary>
internal readonly unsafe struct BlendKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        int alpha = Divide(row.Source1[unit] * row.Value);
        row.Target0[unit] = (byte)Divide(row.Source0[unit] * alpha + row.Target0[unit] * (255 - alpha));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes alpha = TLanes.Load(row.Source1 + unit), over = TLanes.Load(row.Source0 + unit), under = TLanes.Load(row.Target0 + unit);
        TWords opacity = TLanes.SplatWord(row.Value);
        TWords low = Mix<TLanes, TBytes, TWords>(TLanes.WidenLaneLow(alpha), opacity, TLanes.WidenLaneLow(over), TLanes.WidenLaneLow(under));
        TWords high = Mix<TLanes, TBytes, TWords>(TLanes.WidenLaneHigh(alpha), opacity, TLanes.WidenLaneHigh(over), TLanes.WidenLaneHigh(under));
        TLanes.Store(row.Target0 + unit, TLanes.PackLanes(low, high));
    }

    /// <summary>value / 255, rounded, for 0 to 255 × 255. No step exceeds 16 unsigned bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Divide(int value)
    {
        value += 128;
        return value + (value >> 8) >> 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Mix<TLanes, TBytes, TWords>(TWords alpha, TWords opacity, TWords over, TWords under)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        alpha = Divide<TLanes, TBytes, TWords>(TLanes.Multiply(alpha, opacity));
        TWords rest = TLanes.Subtract(TLanes.SplatWord(255), alpha);
        return Divide<TLanes, TBytes, TWords>(TLanes.Add(TLanes.Multiply(over, alpha), TLanes.Multiply(under, rest)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Divide<TLanes, TBytes, TWords>(TWords value)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        value = TLanes.Add(value, TLanes.SplatWord(128));
        return TLanes.ShiftRightUnsigned(TLanes.Add(value, TLanes.ShiftRightUnsigned(value, 8)), 8);
    }
}
