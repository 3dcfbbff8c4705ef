using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Camfx.Imaging.Scaling;

/// <summary>Four sums at a time with what .NET offers on every machine.</summary>
internal readonly unsafe struct PortableFilterLanes : IFilterLanes<Vector128<int>>
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.IsHardwareAccelerated;
    }

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Splat(int value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(int* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(byte* first, byte* second, Vector128<int> weights, ref Vector128<int> low, ref Vector128<int> high)
    {
        Vector128<short> a = Vector128.WidenLower(Vector64.Load(first).ToVector128()).AsInt16();
        Vector128<short> b = Vector128.WidenLower(Vector64.Load(second).ToVector128()).AsInt16();
        Vector128<int> firstWeight = weights << 16 >> 16, secondWeight = weights >> 16;
        low += Vector128.WidenLower(a) * firstWeight + Vector128.WidenLower(b) * secondWeight;
        high += Vector128.WidenUpper(a) * firstWeight + Vector128.WidenUpper(b) * secondWeight;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(short* target, Vector128<int> low, Vector128<int> high) =>
        Vector128.Narrow(low >> FilterPass.RowShift, high >> FilterPass.RowShift).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Gather(short* source, int* offsets, bool inWindow)
    {
        return Vector128.Create(
            Unsafe.ReadUnaligned<int>(source + offsets[0]), Unsafe.ReadUnaligned<int>(source + offsets[1]),
            Unsafe.ReadUnaligned<int>(source + offsets[2]), Unsafe.ReadUnaligned<int>(source + offsets[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AddPairs(Vector128<int> sum, Vector128<int> words, Vector128<int> weights) =>
        sum + (words << 16 >> 16) * (weights << 16 >> 16) + (words >> 16) * (weights >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(byte* target, Vector128<int> sums)
    {
        // Every sum is within 0–255 after the shift: its lowest byte is all of it.
        Vector128<int> values = sums >> FilterPass.ColumnShift;
        Vector128<byte> bytes = Vector128.Shuffle(values.AsByte(), Vector128.Create((byte)0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        Unsafe.WriteUnaligned(target, bytes.AsInt32().ToScalar());
    }
}
