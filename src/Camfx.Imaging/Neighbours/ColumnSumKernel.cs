using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>The five rows of a column, weighted 1, 4, 6, 4, 1, to Words. The unit is a column, the first one two before the row's first.</summary>
internal readonly unsafe struct ColumnSumKernel : IKernel<NeighbourRow>
{
    /// <summary>Columns beyond each end of the row that have a sum too.</summary>
    public const int Beyond = 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in NeighbourRow row, int unit)
    {
        int x = unit - Beyond;
        row.Words[x] = (short)(row.Above2[x] + row.Below2[x] + 4 * (row.Above[x] + row.Below[x]) + 6 * row.Middle[x]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in NeighbourRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        int x = unit - Beyond;
        TWords outer = TLanes.Add(TLanes.LoadWide(row.Above2 + x), TLanes.LoadWide(row.Below2 + x));
        TWords inner = TLanes.Add(TLanes.LoadWide(row.Above + x), TLanes.LoadWide(row.Below + x)), middle = TLanes.LoadWide(row.Middle + x);

        // 4 (inner + middle) + 2 middle.
        TWords sum = TLanes.Add(TLanes.ShiftLeft(TLanes.Add(inner, middle), 2), TLanes.ShiftLeft(middle, 1));
        TLanes.StoreWords(row.Words + x, TLanes.Add(outer, sum));
    }
}
