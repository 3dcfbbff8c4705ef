namespace Camfx.Imaging.Scaling;

/// <summary>The vector operations of the two filter passes, for one width. All widths give the same bits.</summary>
/// <typeparam name="TInts">The vector as 32-bit sums.</typeparam>
internal unsafe interface IFilterLanes<TInts>
    where TInts : unmanaged
{
    /// <summary>Sums in a vector. The vertical pass handles twice as many samples in a step.</summary>
    static abstract int Count { get; }

    static abstract TInts Splat(int value);
    static abstract TInts Load(int* source);

    /// <summary>Adds a sample of each row, weighted by a pair of 16-bit weights, to the sums of the first and second half.</summary>
    static abstract void AddRows(byte* first, byte* second, TInts weights, ref TInts low, ref TInts high);

    /// <summary>Shifts the sums right and stores them as words.</summary>
    static abstract void StoreWords(short* target, TInts low, TInts high);

    /// <summary>Loads two neighbouring words from each offset; <paramref name="offsets"/> never fall.</summary>
    static abstract TInts Gather(short* source, int* offsets, bool inWindow);

    /// <summary>sum + both words × both weights.</summary>
    static abstract TInts AddPairs(TInts sum, TInts words, TInts weights);

    /// <summary>Shifts the sums right and stores them as bytes.</summary>
    static abstract void StoreBytes(byte* target, TInts sums);
}
