using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>U and V in rows of their own (I420).</summary>
internal readonly unsafe struct PlanarChroma : IChromaLayout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(in RowPair row, int pair, out byte u, out byte v)
    {
        u = row.ChromaU[pair];
        v = row.ChromaV[pair];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in RowPair row, int pair, byte u, byte v)
    {
        row.ChromaU[pair] = u;
        row.ChromaV[pair] = v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadWide<TLanes, TBytes, TWords>(in RowPair row, int pair, out TWords u, out TWords v)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        u = TLanes.LoadWide(row.ChromaU + pair);
        v = TLanes.LoadWide(row.ChromaV + pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNarrow<TLanes, TBytes, TWords>(in RowPair row, int pair, TWords u, TWords v)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TLanes.StoreNarrow(row.ChromaU + pair, u);
        TLanes.StoreNarrow(row.ChromaV + pair, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadInterleaved<TLanes, TBytes, TWords>(in RowPair row, int pair, out TBytes first, out TBytes second)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes u = TLanes.Load(row.ChromaU + pair), v = TLanes.Load(row.ChromaV + pair);
        first = TLanes.InterleaveLow(u, v);
        second = TLanes.InterleaveHigh(u, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInterleaved<TLanes, TBytes, TWords>(in RowPair row, int pair, TBytes first, TBytes second)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TLanes.Store(row.ChromaU + pair, TLanes.Even(first, second));
        TLanes.Store(row.ChromaV + pair, TLanes.Odd(first, second));
    }
}
