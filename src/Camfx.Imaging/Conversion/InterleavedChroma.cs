using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>U and V taking turns in one row (NV12).</summary>
internal readonly unsafe struct InterleavedChroma : IChromaLayout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(in RowPair row, int pair, out byte u, out byte v)
    {
        u = row.ChromaU[2 * pair];
        v = row.ChromaU[2 * pair + 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in RowPair row, int pair, byte u, byte v)
    {
        row.ChromaU[2 * pair] = u;
        row.ChromaU[2 * pair + 1] = v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadWide<TLanes, TBytes, TWords>(in RowPair row, int pair, out TWords u, out TWords v)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        // As a little-endian word, U is the low byte and V the high one.
        TWords both = TLanes.AsWords(TLanes.Load(row.ChromaU + 2 * pair));
        u = TLanes.ShiftRightUnsigned(TLanes.ShiftLeft(both, 8), 8);
        v = TLanes.ShiftRightUnsigned(both, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNarrow<TLanes, TBytes, TWords>(in RowPair row, int pair, TWords u, TWords v)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        // One pack clamps both; lane by lane it leaves eight U and eight V, which one shuffle sets side by side.
        TBytes packed = TLanes.PackLanes(u, v);
        Vector128<byte> turns = Vector128.Create((byte)0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
        TLanes.Store(row.ChromaU + 2 * pair, TLanes.ShuffleLanes(packed, turns));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadInterleaved<TLanes, TBytes, TWords>(in RowPair row, int pair, out TBytes first, out TBytes second)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        first = TLanes.Load(row.ChromaU + 2 * pair);
        second = TLanes.Load(row.ChromaU + 2 * pair + TLanes.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInterleaved<TLanes, TBytes, TWords>(in RowPair row, int pair, TBytes first, TBytes second)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TLanes.Store(row.ChromaU + 2 * pair, first);
        TLanes.Store(row.ChromaU + 2 * pair + TLanes.Width, second);
    }
}
