using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Simd;

/// <summary>32 bytes at a time with AVX2, whose byte shuffles stay inside a lane: a 64-bit or 128-bit permute mends the order.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<byte>, Vector256<short>>
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.IsHardwareAccelerated && Avx2.IsSupported;
    }

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(byte* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector256<byte> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> LoadWide(byte* source) => Avx2.ConvertToVector256Int16(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> LoadWords(short* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(short* target, Vector256<short> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNarrow(byte* target, Vector256<short> value) =>
        Sse2.PackUnsignedSaturate(value.GetLower(), value.GetUpper()).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Splat(byte value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> SplatWord(short value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> AsWords(Vector256<byte> value) => value.AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> AsBytes(Vector256<short> value) => value.AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Even(Vector256<byte> a, Vector256<byte> b) => JoinPacked(Avx2.PackUnsignedSaturate(
        (a.AsUInt16() & Vector256.Create((ushort)0xff)).AsInt16(), (b.AsUInt16() & Vector256.Create((ushort)0xff)).AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Odd(Vector256<byte> a, Vector256<byte> b) => JoinPacked(Avx2.PackUnsignedSaturate(
        (a.AsUInt16() >> 8).AsInt16(), (b.AsUInt16() >> 8).AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> InterleaveLow(Vector256<byte> a, Vector256<byte> b) =>
        Avx2.Permute2x128(Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b), 0x20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> InterleaveHigh(Vector256<byte> a, Vector256<byte> b) =>
        Avx2.Permute2x128(Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b), 0x31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> InterleaveWordsLow(Vector256<byte> a, Vector256<byte> b) =>
        Avx2.Permute2x128(Avx2.UnpackLow(a.AsInt16(), b.AsInt16()), Avx2.UnpackHigh(a.AsInt16(), b.AsInt16()), 0x20).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> InterleaveWordsHigh(Vector256<byte> a, Vector256<byte> b) =>
        Avx2.Permute2x128(Avx2.UnpackLow(a.AsInt16(), b.AsInt16()), Avx2.UnpackHigh(a.AsInt16(), b.AsInt16()), 0x31).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Reverse(Vector256<byte> value) =>
        Avx2.Permute4x64(ShuffleLanes(value, Lanes128.Reversed).AsInt64(), 0b01_00_11_10).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> WidenLaneLow(Vector256<byte> value) => Avx2.UnpackLow(value, Vector256<byte>.Zero).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> WidenLaneHigh(Vector256<byte> value) => Avx2.UnpackHigh(value, Vector256<byte>.Zero).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> PackLanes(Vector256<short> low, Vector256<short> high) => Avx2.PackUnsignedSaturate(low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> DuplicateLaneLow(Vector256<short> value) => Avx2.UnpackLow(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> DuplicateLaneHigh(Vector256<short> value) => Avx2.UnpackHigh(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ShuffleLanes(Vector256<byte> value, Vector128<byte> indices) =>
        Avx2.Shuffle(value, Vector256.Create(indices, indices));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadLanes(byte* source, int distance) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + distance));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(byte* target, int distance, Vector256<byte> value)
    {
        value.GetLower().Store(target);
        value.GetUpper().Store(target + distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Lookup(byte* table, Vector256<byte> indices)
    {
        // One shuffle for each sixteen entries. The saturating add leaves the top bit clear, and so the shuffle's result in, only where
        // the index lies in this part of the table.
        Vector256<byte> result = Vector256<byte>.Zero;
        for (int part = 0; part < 256; part += 16)
        {
            Vector128<byte> entries = Vector128.Load(table + part);
            Vector256<byte> within = Avx2.AddSaturate(indices ^ Vector256.Create((byte)part), Vector256.Create((byte)0x70));
            result |= Avx2.Shuffle(Vector256.Create(entries, entries), within);
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Average(Vector256<byte> a, Vector256<byte> b) => Avx2.Average(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Or(Vector256<byte> a, Vector256<byte> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> SumPairs(Vector256<byte> value) => Avx2.MultiplyAddAdjacent(value, Vector256.Create((sbyte)1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> AddPairs(Vector256<short> a, Vector256<short> b) =>
        Avx2.Permute4x64(Avx2.HorizontalAdd(a, b).AsInt64(), 0b11_01_10_00).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Add(Vector256<short> a, Vector256<short> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Subtract(Vector256<short> a, Vector256<short> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> ClampToByte(Vector256<short> value) =>
        Vector256.Min(Vector256.Max(value, Vector256<short>.Zero), Vector256.Create((short)255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> ShiftLeft(Vector256<short> value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> ShiftRight(Vector256<short> value, int count) => value >> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> ShiftRightUnsigned(Vector256<short> value, int count) => value >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Multiply(Vector256<short> a, Vector256<short> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> MultiplyRound(Vector256<short> a, Vector256<short> b) => Avx2.MultiplyHighRoundScale(a, b);

    /// <summary>Pack leaves a's and b's eight-byte parts alternating; this brings a's two first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> JoinPacked(Vector256<byte> packed) => Avx2.Permute4x64(packed.AsInt64(), 0b11_01_10_00).AsByte();
}
