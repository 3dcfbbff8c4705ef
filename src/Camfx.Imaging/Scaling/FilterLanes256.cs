using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Scaling;

/// <summary>Eight sums at a time with AVX2.</summary>
internal readonly unsafe struct FilterLanes256 : IFilterLanes<Vector256<int>>
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.IsHardwareAccelerated && Avx2.IsSupported;
    }

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Splat(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(int* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(byte* first, byte* second, Vector256<int> weights, ref Vector256<int> low, ref Vector256<int> high)
    {
        Vector256<short> a = Avx2.ConvertToVector256Int16(Vector128.Load(first));
        Vector256<short> b = Avx2.ConvertToVector256Int16(Vector128.Load(second));
        low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), weights.AsInt16());
        high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), weights.AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(short* target, Vector256<int> low, Vector256<int> high) =>
        Avx2.PackSignedSaturate(low >> FilterPass.RowShift, high >> FilterPass.RowShift).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Gather(short* source, int* offsets, bool inWindow) =>
        Avx2.GatherVector256((int*)source, Vector256.Load(offsets), 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddPairs(Vector256<int> sum, Vector256<int> words, Vector256<int> weights) =>
        sum + Avx2.MultiplyAddAdjacent(words.AsInt16(), weights.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(byte* target, Vector256<int> sums)
    {
        Vector256<int> values = sums >> FilterPass.ColumnShift;
        Vector128<short> words = Sse2.PackSignedSaturate(values.GetLower(), values.GetUpper());
        Sse2.PackUnsignedSaturate(words, words).GetLower().Store(target);
    }
}
