using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Color;

/// <summary>
/// The distance of each byte of Bytes from Distance, times the Q15 gain of its column (Source0) and the Q15 gain of the row (Value), in place. The unit is a byte.
/// A gain of 32767 twice changes nothing.
/// </summary>
internal readonly unsafe struct FalloffKernel : IKernel<WordRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in WordRow row, int unit)
    {
        int gain = FixedPoint.MultiplyRound(row.Source0[unit], row.Value);
        int away = FixedPoint.MultiplyRound(row.Bytes[unit] - row.Distance << 6, gain);
        row.Bytes[unit] = FixedPoint.Clamp((away + 32 >> 6) + row.Distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in WordRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords gain = TLanes.MultiplyRound(TLanes.LoadWords(row.Source0 + unit), TLanes.SplatWord(row.Value));
        TWords middle = TLanes.SplatWord((short)row.Distance);
        TWords away = TLanes.MultiplyRound(TLanes.ShiftLeft(TLanes.Subtract(TLanes.LoadWide(row.Bytes + unit), middle), 6), gain);
        TLanes.StoreNarrow(row.Bytes + unit, TLanes.Add(TLanes.ShiftRight(TLanes.Add(away, TLanes.SplatWord(32)), 6), middle));
    }
}
