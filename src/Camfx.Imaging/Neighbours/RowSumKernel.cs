using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>Adds each byte of Bytes to its word in Target0. The unit is a byte.</summary>
internal readonly unsafe struct RowSumKernel : IKernel<WordRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in WordRow row, int unit)
    {
        row.Target0[unit] += row.Bytes[unit];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in WordRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TLanes.StoreWords(row.Target0 + unit, TLanes.Add(TLanes.LoadWords(row.Target0 + unit), TLanes.LoadWide(row.Bytes + unit)));
    }
}
