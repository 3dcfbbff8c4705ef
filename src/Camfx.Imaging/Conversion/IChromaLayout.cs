using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>How a 4:2:0 row holds U and V. "Pair" counts chroma samples: one for two columns of luma.</summary>
internal unsafe interface IChromaLayout
{
    static abstract void Load(in RowPair row, int pair, out byte u, out byte v);
    static abstract void Store(in RowPair row, int pair, byte u, byte v);

    /// <summary>Width / 2 samples of U and of V as words.</summary>
    static abstract void LoadWide<TLanes, TBytes, TWords>(in RowPair row, int pair, out TWords u, out TWords v)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged;

    /// <summary>Stores Width / 2 samples of each, clamped to 0–255.</summary>
    static abstract void StoreNarrow<TLanes, TBytes, TWords>(in RowPair row, int pair, TWords u, TWords v)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged;

    /// <summary>Width samples of each as U V U V …, in two vectors.</summary>
    static abstract void LoadInterleaved<TLanes, TBytes, TWords>(in RowPair row, int pair, out TBytes first, out TBytes second)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged;

    /// <summary>Stores two vectors of U V U V ….</summary>
    static abstract void StoreInterleaved<TLanes, TBytes, TWords>(in RowPair row, int pair, TBytes first, TBytes second)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged;
}
