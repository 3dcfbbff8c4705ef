using System.Runtime.Intrinsics;

namespace Camfx.Imaging.Simd;

/// <summary>
/// The handful of vector operations that pixel kernels are made of, for one vector width. A kernel is written once against this
/// interface; the struct that implements it chooses the instructions.
/// </summary>
/// <remarks>
/// "Lane" means a 128-bit part of the vector, as x86 means it. Operations named <c>…Lane…</c> work inside each lane and are one instruction on
/// x86; the kernels pair them (widen, compute, pack) so that the order comes out right without crossing lanes. All others give the
/// natural memory order. Every operation gives the same bits at every width and on every machine.
/// </remarks>
/// <typeparam name="TBytes">The vector as unsigned bytes.</typeparam>
/// <typeparam name="TWords">The vector as signed 16-bit words.</typeparam>
internal unsafe interface ILanes<TBytes, TWords>
    where TBytes : unmanaged
    where TWords : unmanaged
{
    /// <summary>Bytes in a vector.</summary>
    static abstract int Width { get; }

    static abstract TBytes Load(byte* source);
    static abstract void Store(byte* target, TBytes value);

    /// <summary>Loads <see cref="Width"/> / 2 bytes, each zero-extended to a word.</summary>
    static abstract TWords LoadWide(byte* source);
    static abstract TWords LoadWords(short* source);
    static abstract void StoreWords(short* target, TWords value);

    /// <summary>Stores each word as a byte, clamped to 0–255.</summary>
    static abstract void StoreNarrow(byte* target, TWords value);

    static abstract TBytes Splat(byte value);
    static abstract TWords SplatWord(short value);
    static abstract TWords AsWords(TBytes value);
    static abstract TBytes AsBytes(TWords value);

    /// <summary>The bytes at even places of a, then of b.</summary>
    static abstract TBytes Even(TBytes a, TBytes b);

    /// <summary>The bytes at odd places of a, then of b.</summary>
    static abstract TBytes Odd(TBytes a, TBytes b);

    /// <summary>a0 b0 a1 b1 … from the first halves.</summary>
    static abstract TBytes InterleaveLow(TBytes a, TBytes b);

    /// <summary>The same from the second halves.</summary>
    static abstract TBytes InterleaveHigh(TBytes a, TBytes b);

    /// <summary>Like <see cref="InterleaveLow"/>, by 16-bit words.</summary>
    static abstract TBytes InterleaveWordsLow(TBytes a, TBytes b);

    /// <summary>Like <see cref="InterleaveHigh"/>, by 16-bit words.</summary>
    static abstract TBytes InterleaveWordsHigh(TBytes a, TBytes b);

    /// <summary>All bytes in reverse order.</summary>
    static abstract TBytes Reverse(TBytes value);

    /// <summary>Zero-extends the first eight bytes of each lane.</summary>
    static abstract TWords WidenLaneLow(TBytes value);

    /// <summary>Zero-extends the last eight bytes of each lane.</summary>
    static abstract TWords WidenLaneHigh(TBytes value);

    /// <summary>The inverse of the two widenings, clamping each word to 0–255.</summary>
    static abstract TBytes PackLanes(TWords low, TWords high);

    /// <summary>Each of the first four words of each lane twice.</summary>
    static abstract TWords DuplicateLaneLow(TWords value);

    /// <summary>Each of the last four words of each lane twice.</summary>
    static abstract TWords DuplicateLaneHigh(TWords value);

    /// <summary>Picks bytes within each lane; an index with its top bit set gives zero. Other indices must be below 16.</summary>
    static abstract TBytes ShuffleLanes(TBytes value, Vector128<byte> indices);

    /// <summary>Loads lane k from source + k × distance.</summary>
    static abstract TBytes LoadLanes(byte* source, int distance);

    /// <summary>Stores lane k to target + k × distance.</summary>
    static abstract void StoreLanes(byte* target, int distance, TBytes value);

    /// <summary>Looks each byte up in a table of 256 bytes.</summary>
    static abstract TBytes Lookup(byte* table, TBytes indices);

    /// <summary>(a + b + 1) / 2 for each byte.</summary>
    static abstract TBytes Average(TBytes a, TBytes b);
    static abstract TBytes Or(TBytes a, TBytes b);

    /// <summary>Word i is the sum of bytes 2i and 2i + 1.</summary>
    static abstract TWords SumPairs(TBytes value);

    /// <summary>The sums of neighbouring words: those of a, then those of b.</summary>
    static abstract TWords AddPairs(TWords a, TWords b);

    static abstract TWords Add(TWords a, TWords b);
    static abstract TWords Subtract(TWords a, TWords b);

    /// <summary>Each word, at least 0 and at most 255.</summary>
    static abstract TWords ClampToByte(TWords value);
    static abstract TWords ShiftLeft(TWords value, int count);
    static abstract TWords ShiftRight(TWords value, int count);
    static abstract TWords ShiftRightUnsigned(TWords value, int count);

    /// <summary>The low 16 bits of the product.</summary>
    static abstract TWords Multiply(TWords a, TWords b);

    /// <summary>(a × b + 2¹⁴) >> 15: the product of two Q15 numbers, rounded (x86 <c>pmulhrsw</c>, arm64 <c>sqrdmulh</c>).</summary>
    static abstract TWords MultiplyRound(TWords a, TWords b);
}
