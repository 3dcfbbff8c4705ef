using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Simd;

/// <summary>
/// 64 bytes at a time with AVX-512 BW. Where the processor has VBMI, one two-source byte permute (<c>vpermt2b</c>) reorders across all four
/// lanes; without it two in-lane instructions and a 64-bit permute do the same.
/// </summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<byte>, Vector512<short>>
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported && Avx512F.IsSupported;
    }

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 64;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load(byte* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector512<byte> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> LoadWide(byte* source) => Avx512BW.ConvertToVector512Int16(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> LoadWords(short* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(short* target, Vector512<short> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNarrow(byte* target, Vector512<short> value) =>
        // vpmovuswb clamps unsigned words, so what is negative is cut to zero first.
        Avx512BW.ConvertToVector256ByteWithSaturation(Vector512.Max(value, Vector512<short>.Zero).AsUInt16()).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Splat(byte value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> SplatWord(short value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> AsWords(Vector512<byte> value) => value.AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> AsBytes(Vector512<short> value) => value.AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Even(Vector512<byte> a, Vector512<byte> b) => Avx512Vbmi.IsSupported
        ? Avx512Vbmi.PermuteVar64x8x2(a, EvenBytes, b)
        : JoinPacked(Avx512BW.PackUnsignedSaturate(LowBytes(a), LowBytes(b)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Odd(Vector512<byte> a, Vector512<byte> b) => Avx512Vbmi.IsSupported
        ? Avx512Vbmi.PermuteVar64x8x2(a, EvenBytes + Vector512.Create((byte)1), b)
        : JoinPacked(Avx512BW.PackUnsignedSaturate((a.AsUInt16() >> 8).AsInt16(), (b.AsUInt16() >> 8).AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> InterleaveLow(Vector512<byte> a, Vector512<byte> b) => Avx512Vbmi.IsSupported
        ? Avx512Vbmi.PermuteVar64x8x2(a, ZipBytes, b)
        : JoinLow(Avx512BW.UnpackLow(a, b), Avx512BW.UnpackHigh(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> InterleaveHigh(Vector512<byte> a, Vector512<byte> b) => Avx512Vbmi.IsSupported
        ? Avx512Vbmi.PermuteVar64x8x2(a, ZipBytes + Vector512.Create((byte)32), b)
        : JoinHigh(Avx512BW.UnpackLow(a, b), Avx512BW.UnpackHigh(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> InterleaveWordsLow(Vector512<byte> a, Vector512<byte> b) =>
        Avx512BW.PermuteVar32x16x2(a.AsInt16(), ZipWords, b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> InterleaveWordsHigh(Vector512<byte> a, Vector512<byte> b) =>
        Avx512BW.PermuteVar32x16x2(a.AsInt16(), ZipWords + Vector512.Create((short)16), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Reverse(Vector512<byte> value) =>
        Avx512F.PermuteVar8x64(ShuffleLanes(value, Lanes128.Reversed).AsInt64(), Vector512.Create(6L, 7, 4, 5, 2, 3, 0, 1)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> WidenLaneLow(Vector512<byte> value) => Avx512BW.UnpackLow(value, Vector512<byte>.Zero).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> WidenLaneHigh(Vector512<byte> value) => Avx512BW.UnpackHigh(value, Vector512<byte>.Zero).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> PackLanes(Vector512<short> low, Vector512<short> high) => Avx512BW.PackUnsignedSaturate(low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> DuplicateLaneLow(Vector512<short> value) => Avx512BW.UnpackLow(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> DuplicateLaneHigh(Vector512<short> value) => Avx512BW.UnpackHigh(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ShuffleLanes(Vector512<byte> value, Vector128<byte> indices) =>
        Avx512BW.Shuffle(value, Vector512.Create(Vector256.Create(indices, indices), Vector256.Create(indices, indices)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LoadLanes(byte* source, int distance) => Vector512.Create(
        Lanes256.LoadLanes(source, distance), Lanes256.LoadLanes(source + 2 * distance, distance));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(byte* target, int distance, Vector512<byte> value)
    {
        Lanes256.StoreLanes(target, distance, value.GetLower());
        Lanes256.StoreLanes(target + 2 * distance, distance, value.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Lookup(byte* table, Vector512<byte> indices)
    {
        if (Avx512Vbmi.IsSupported)
        {
            // Each permute looks at the low seven bits and so covers half the table; the top bit then chooses the half.
            Vector512<byte> lower = Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(table), indices, Vector512.Load(table + 64));
            Vector512<byte> upper = Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(table + 128), indices, Vector512.Load(table + 192));
            return Vector512.ConditionalSelect(Vector512.LessThan(indices.AsSByte(), Vector512<sbyte>.Zero).AsByte(), upper, lower);
        }

        return Vector512.Create(Lanes256.Lookup(table, indices.GetLower()), Lanes256.Lookup(table, indices.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Average(Vector512<byte> a, Vector512<byte> b) => Avx512BW.Average(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Or(Vector512<byte> a, Vector512<byte> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> SumPairs(Vector512<byte> value) =>
        Avx512BW.MultiplyAddAdjacent(value, Vector512.Create((sbyte)1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> AddPairs(Vector512<short> a, Vector512<short> b) =>
        Avx512BW.PermuteVar32x16x2(a, EvenWords, b) + Avx512BW.PermuteVar32x16x2(a, EvenWords + Vector512.Create((short)1), b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Add(Vector512<short> a, Vector512<short> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Subtract(Vector512<short> a, Vector512<short> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> ClampToByte(Vector512<short> value) =>
        Vector512.Min(Vector512.Max(value, Vector512<short>.Zero), Vector512.Create((short)255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> ShiftLeft(Vector512<short> value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> ShiftRight(Vector512<short> value, int count) => value >> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> ShiftRightUnsigned(Vector512<short> value, int count) => value >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Multiply(Vector512<short> a, Vector512<short> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> MultiplyRound(Vector512<short> a, Vector512<short> b) => Avx512BW.MultiplyHighRoundScale(a, b);

    /// <summary>0, 2, 4 … 126: the even bytes of two vectors.</summary>
    private static Vector512<byte> EvenBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            (byte)0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62,
            64, 66, 68, 70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 100, 102, 104, 106, 108, 110, 112, 114, 116, 118, 120,
            122, 124, 126);
    }

    /// <summary>0, 64, 1, 65 …: the first halves of two vectors, byte by byte.</summary>
    private static Vector512<byte> ZipBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            (byte)0, 64, 1, 65, 2, 66, 3, 67, 4, 68, 5, 69, 6, 70, 7, 71, 8, 72, 9, 73, 10, 74, 11, 75, 12, 76, 13, 77, 14, 78, 15, 79,
            16, 80, 17, 81, 18, 82, 19, 83, 20, 84, 21, 85, 22, 86, 23, 87, 24, 88, 25, 89, 26, 90, 27, 91, 28, 92, 29, 93, 30, 94, 31, 95);
    }

    /// <summary>0, 2, 4 … 62: the even words of two vectors.</summary>
    private static Vector512<short> EvenWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62);
    }

    /// <summary>0, 32, 1, 33 …: the first halves of two vectors, word by word.</summary>
    private static Vector512<short> ZipWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39, 8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, 47);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> LowBytes(Vector512<byte> value) => (value.AsUInt16() & Vector512.Create((ushort)0xff)).AsInt16();

    /// <summary>Pack leaves a's and b's eight-byte parts alternating; this brings a's four first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> JoinPacked(Vector512<byte> packed) =>
        Avx512F.PermuteVar8x64(packed.AsInt64(), Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7)).AsByte();

    /// <summary>Lanes 0 and 1 of two in-lane unpacks, in memory order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> JoinLow(Vector512<byte> low, Vector512<byte> high) =>
        Avx512F.PermuteVar8x64x2(low.AsInt64(), Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), high.AsInt64()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> JoinHigh(Vector512<byte> low, Vector512<byte> high) =>
        Avx512F.PermuteVar8x64x2(low.AsInt64(), Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15), high.AsInt64()).AsByte();
}
