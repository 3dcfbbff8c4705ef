using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Blurring;

/// <summary>A row between Source0 and Source1, Value (Q15) of the way, into Target0. The unit is a word.</summary>
internal readonly unsafe struct BetweenKernel : IKernel<WordRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in WordRow row, int unit)
    {
        int from = row.Source0[unit];
        row.Target0[unit] = (short)(from + BlurSample.Multiply(row.Source1[unit] - from, row.Value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in WordRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords from = TLanes.LoadWords(row.Source0 + unit), way = TLanes.Subtract(TLanes.LoadWords(row.Source1 + unit), from);
        TLanes.StoreWords(row.Target0 + unit, TLanes.Add(from, TLanes.MultiplyRound(way, TLanes.SplatWord(row.Value))));
    }
}
