using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>4:2:0 to packed 4:2:2: both rows of a pair get the same chroma. The unit is a pair of columns.</summary>
internal readonly unsafe struct PackYuvKernel<TOrder, TChroma> : IKernel<RowPair>
    where TOrder : struct, IPackedYuvOrder
    where TChroma : struct, IChromaLayout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in RowPair row, int unit)
    {
        int luma = TOrder.LumaFirst ? 0 : 1, chroma = 1 - luma;
        byte* first = row.Packed0 + 4 * unit;
        byte* second = row.Packed1 + 4 * unit;
        // The last pair of an odd width has no second column; its place in the packed row repeats the first.
        int next = 2 * unit + 1 < row.Width ? 2 * unit + 1 : 2 * unit;
        TChroma.Load(row, unit, out byte u, out byte v);
        first[luma] = row.Luma0[2 * unit];
        first[luma + 2] = row.Luma0[next];
        second[luma] = row.Luma1[2 * unit];
        second[luma + 2] = row.Luma1[next];
        first[chroma] = second[chroma] = u;
        first[chroma + 2] = second[chroma + 2] = v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in RowPair row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TChroma.LoadInterleaved<TLanes, TBytes, TWords>(row, unit, out TBytes chroma0, out TBytes chroma1);
        Row<TLanes, TBytes, TWords>(row.Luma0 + 2 * unit, chroma0, chroma1, row.Packed0 + 4 * unit);
        Row<TLanes, TBytes, TWords>(row.Luma1 + 2 * unit, chroma0, chroma1, row.Packed1 + 4 * unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TLanes, TBytes, TWords>(byte* luma, TBytes chroma0, TBytes chroma1, byte* packed)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes luma0 = TLanes.Load(luma), luma1 = TLanes.Load(luma + TLanes.Width);
        TBytes a0 = TOrder.LumaFirst ? luma0 : chroma0, b0 = TOrder.LumaFirst ? chroma0 : luma0;
        TBytes a1 = TOrder.LumaFirst ? luma1 : chroma1, b1 = TOrder.LumaFirst ? chroma1 : luma1;
        TLanes.Store(packed, TLanes.InterleaveLow(a0, b0));
        TLanes.Store(packed + TLanes.Width, TLanes.InterleaveHigh(a0, b0));
        TLanes.Store(packed + 2 * TLanes.Width, TLanes.InterleaveLow(a1, b1));
        TLanes.Store(packed + 3 * TLanes.Width, TLanes.InterleaveHigh(a1, b1));
    }
}
