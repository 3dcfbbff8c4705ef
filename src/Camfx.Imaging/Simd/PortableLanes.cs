using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Camfx.Imaging.Simd;

/// <summary>
/// 16 bytes at a time with what .NET offers on every machine: arm64 uses it (with its own instruction where the portable form would
/// be long), and the tests run it on x86 too.
/// </summary>
internal readonly unsafe struct PortableLanes : ILanes<Vector128<byte>, Vector128<short>>
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.IsHardwareAccelerated;
    }

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(byte* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector128<byte> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> LoadWide(byte* source) => Vector128.WidenLower(Vector64.Load(source).ToVector128()).AsInt16();

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
        AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.UnzipEven(a, b)
        : Vector128.Narrow(a.AsUInt16(), b.AsUInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Odd(Vector128<byte> a, Vector128<byte> b) =>
        AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.UnzipOdd(a, b)
        : Vector128.Narrow(a.AsUInt16() >> 8, b.AsUInt16() >> 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveLow(Vector128<byte> a, Vector128<byte> b) =>
        AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.ZipLow(a, b)
        : (Vector128.WidenLower(a) | Vector128.WidenLower(b) << 8).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveHigh(Vector128<byte> a, Vector128<byte> b) =>
        AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.ZipHigh(a, b)
        : (Vector128.WidenUpper(a) | Vector128.WidenUpper(b) << 8).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveWordsLow(Vector128<byte> a, Vector128<byte> b) =>
        AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.ZipLow(a.AsInt16(), b.AsInt16()).AsByte()
        : (Vector128.WidenLower(a.AsUInt16()) | Vector128.WidenLower(b.AsUInt16()) << 16).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveWordsHigh(Vector128<byte> a, Vector128<byte> b) =>
        AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.ZipHigh(a.AsInt16(), b.AsInt16()).AsByte()
        : (Vector128.WidenUpper(a.AsUInt16()) | Vector128.WidenUpper(b.AsUInt16()) << 16).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Reverse(Vector128<byte> value) => Vector128.Shuffle(value, Lanes128.Reversed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> WidenLaneLow(Vector128<byte> value) => Vector128.WidenLower(value).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> WidenLaneHigh(Vector128<byte> value) => Vector128.WidenUpper(value).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> PackLanes(Vector128<short> low, Vector128<short> high) =>
        AdvSimd.IsSupported
        ? AdvSimd.ExtractNarrowingSaturateUnsignedUpper(AdvSimd.ExtractNarrowingSaturateUnsignedLower(low), high)
        : Vector128.Narrow(ClampToByte(low).AsUInt16(), ClampToByte(high).AsUInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> DuplicateLaneLow(Vector128<short> value) =>
        InterleaveWordsLow(value.AsByte(), value.AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> DuplicateLaneHigh(Vector128<short> value) =>
        InterleaveWordsHigh(value.AsByte(), value.AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ShuffleLanes(Vector128<byte> value, Vector128<byte> indices) => Vector128.Shuffle(value, indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadLanes(byte* source, int distance) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(byte* target, int distance, Vector128<byte> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Lookup(byte* table, Vector128<byte> indices)
    {
        // Vector128.Shuffle gives zero for every index above 15, so subtracting each part's start is all that is needed.
        Vector128<byte> result = Vector128<byte>.Zero;
        for (int part = 0; part < 256; part += 16)
            result |= Vector128.Shuffle(Vector128.Load(table + part), indices - Vector128.Create((byte)part));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Average(Vector128<byte> a, Vector128<byte> b) =>
        AdvSimd.IsSupported
        ? AdvSimd.FusedAddRoundedHalving(a, b)
        : (a | b) - (((a ^ b) >> 1) & Vector128.Create((byte)0x7f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Or(Vector128<byte> a, Vector128<byte> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> SumPairs(Vector128<byte> value) =>
        ((value.AsUInt16() & Vector128.Create((ushort)0xff)) + (value.AsUInt16() >> 8)).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> AddPairs(Vector128<short> a, Vector128<short> b) => AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.AddPairwise(a, b)
        : Vector128.Narrow(a.AsInt32() + (a.AsInt32() >> 16), b.AsInt32() + (b.AsInt32() >> 16));

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
    public static Vector128<short> MultiplyRound(Vector128<short> a, Vector128<short> b)
    {
        if (AdvSimd.IsSupported) return AdvSimd.MultiplyRoundedDoublingSaturateHigh(a, b);
        Vector128<int> half = Vector128.Create(1 << 14);
        Vector128<int> low = Vector128.WidenLower(a) * Vector128.WidenLower(b) + half >> 15;
        Vector128<int> high = Vector128.WidenUpper(a) * Vector128.WidenUpper(b) + half >> 15;
        return Vector128.Narrow(low, high);
    }
}
