using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Simd;

/// <summary>16 bytes at a time with SSE4.1, which every x86-64 processor of the last fifteen years has.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<byte>, Vector128<short>>
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.IsHardwareAccelerated && Sse41.IsSupported;
    }

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    /// <summary>15, 14 … 0.</summary>
    public static Vector128<byte> Reversed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(byte* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector128<byte> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> LoadWide(byte* source) => Sse41.ConvertToVector128Int16(Vector64.Load(source).ToVector128Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> LoadWords(short* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(short* target, Vector128<short> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNarrow(byte* target, Vector128<short> value) => PackLanes(value, value).GetLower().Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Splat(byte value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> SplatWord(short value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> AsWords(Vector128<byte> value) => value.AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> AsBytes(Vector128<short> value) => value.AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Even(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.PackUnsignedSaturate(
            (a.AsUInt16() & Vector128.Create((ushort)0xff)).AsInt16(), (b.AsUInt16() & Vector128.Create((ushort)0xff)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Odd(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.PackUnsignedSaturate((a.AsUInt16() >> 8).AsInt16(), (b.AsUInt16() >> 8).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveLow(Vector128<byte> a, Vector128<byte> b) => Sse2.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveHigh(Vector128<byte> a, Vector128<byte> b) => Sse2.UnpackHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveWordsLow(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.UnpackLow(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveWordsHigh(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.UnpackHigh(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Reverse(Vector128<byte> value) => Ssse3.Shuffle(value, Reversed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> WidenLaneLow(Vector128<byte> value) => Sse2.UnpackLow(value, Vector128<byte>.Zero).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> WidenLaneHigh(Vector128<byte> value) => Sse2.UnpackHigh(value, Vector128<byte>.Zero).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> PackLanes(Vector128<short> low, Vector128<short> high) => Sse2.PackUnsignedSaturate(low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> DuplicateLaneLow(Vector128<short> value) =>
        InterleaveWordsLow(value.AsByte(), value.AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> DuplicateLaneHigh(Vector128<short> value) =>
        InterleaveWordsHigh(value.AsByte(), value.AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ShuffleLanes(Vector128<byte> value, Vector128<byte> indices) => Ssse3.Shuffle(value, indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadLanes(byte* source, int distance) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(byte* target, int distance, Vector128<byte> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Lookup(byte* table, Vector128<byte> indices)
    {
        // As in Lanes256: one shuffle for each sixteen entries, kept only where the index lies among them.
        Vector128<byte> result = Vector128<byte>.Zero;
        for (int part = 0; part < 256; part += 16)
        {
            Vector128<byte> within = Sse2.AddSaturate(indices ^ Vector128.Create((byte)part), Vector128.Create((byte)0x70));
            result |= Ssse3.Shuffle(Vector128.Load(table + part), within);
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Average(Vector128<byte> a, Vector128<byte> b) => Sse2.Average(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Or(Vector128<byte> a, Vector128<byte> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> SumPairs(Vector128<byte> value) => Ssse3.MultiplyAddAdjacent(value, Vector128.Create((sbyte)1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> AddPairs(Vector128<short> a, Vector128<short> b) => Ssse3.HorizontalAdd(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Add(Vector128<short> a, Vector128<short> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Subtract(Vector128<short> a, Vector128<short> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ClampToByte(Vector128<short> value) =>
        Vector128.Min(Vector128.Max(value, Vector128<short>.Zero), Vector128.Create((short)255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftLeft(Vector128<short> value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftRight(Vector128<short> value, int count) => value >> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftRightUnsigned(Vector128<short> value, int count) => value >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Multiply(Vector128<short> a, Vector128<short> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> MultiplyRound(Vector128<short> a, Vector128<short> b) => Ssse3.MultiplyHighRoundScale(a, b);
}
