using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Matting;

/// <summary>
/// Puts Source0 behind Target0: Source1 says how much of Target0 stays, 255 all of it. Divided by 255 and rounded exactly, so that 0 and 255 leave no
/// trace of the other side. The unit is a byte.
/// </summary>
internal readonly unsafe struct MatteKernel : IKernel<PlaneRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        int stays = row.Source1[unit];
        int value = row.Target0[unit] * stays + row.Source0[unit] * (255 - stays) + 128;
        row.Target0[unit] = (byte)(value + (value >> 8) >> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes stays = TLanes.Load(row.Source1 + unit), behind = TLanes.Load(row.Source0 + unit), front = TLanes.Load(row.Target0 + unit);
        TWords low = Mix<TLanes, TBytes, TWords>(TLanes.WidenLaneLow(stays), TLanes.WidenLaneLow(front), TLanes.WidenLaneLow(behind));
        TWords high = Mix<TLanes, TBytes, TWords>(TLanes.WidenLaneHigh(stays), TLanes.WidenLaneHigh(front), TLanes.WidenLaneHigh(behind));
        TLanes.Store(row.Target0 + unit, TLanes.PackLanes(low, high));
    }

    // behind × 255 + (front − behind) × stays: the low 16 bits are right, because the sum is one of unsigned 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Mix<TLanes, TBytes, TWords>(TWords stays, TWords front, TWords behind)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords value = TLanes.Add(TLanes.Subtract(TLanes.ShiftLeft(behind, 8), behind), TLanes.SplatWord(128));
        value = TLanes.Add(value, TLanes.Multiply(TLanes.Subtract(front, behind), stays));
        return TLanes.ShiftRightUnsigned(TLanes.Add(value, TLanes.ShiftRightUnsigned(value, 8)), 8);
    }
}
