using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>Grey, and Value0 / 64 times (64 at most) what the plane rises from above left to below right. The unit is a byte.</summary>
internal readonly unsafe struct EmbossKernel : IKernel<NeighbourRow>
{
    // The middle between the black and the white of limited range.
    private const int Grey = 126;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in NeighbourRow row, int unit)
    {
        int rise = row.Above[unit - 1] + row.Middle[unit - 1] - row.Middle[unit + 1] - row.Below[unit + 1];
        row.Target[unit] = FixedPoint.Clamp((rise * row.Value0 + 32 >> 6) + Grey);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in NeighbourRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords before = TLanes.Add(TLanes.LoadWide(row.Above + unit - 1), TLanes.LoadWide(row.Middle + unit - 1));
        TWords after = TLanes.Add(TLanes.LoadWide(row.Middle + unit + 1), TLanes.LoadWide(row.Below + unit + 1));
        TWords rise = TLanes.Multiply(TLanes.Subtract(before, after), TLanes.SplatWord(row.Value0));
        TLanes.StoreNarrow(row.Target + unit, TLanes.Add(TLanes.ShiftRight(TLanes.Add(rise, TLanes.SplatWord(32)), 6), TLanes.SplatWord(Grey)));
    }
}
