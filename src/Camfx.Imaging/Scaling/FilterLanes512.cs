using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Scaling;

/// <summary>Sixteen sums at a time with AVX-512 BW.</summary>
internal readonly unsafe struct FilterLanes512 : IFilterLanes<Vector512<int>>
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;
    }

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Splat(int value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(int* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(byte* first, byte* second, Vector512<int> weights, ref Vector512<int> low, ref Vector512<int> high)
    {
        Vector512<short> a = Avx512BW.ConvertToVector512Int16(Vector256.Load(first));
        Vector512<short> b = Avx512BW.ConvertToVector512Int16(Vector256.Load(second));
        low += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a, b), weights.AsInt16());
        high += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a, b), weights.AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(short* target, Vector512<int> low, Vector512<int> high) =>
        Avx512BW.PackSignedSaturate(low >> FilterPass.RowShift, high >> FilterPass.RowShift).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Gather(short* source, int* offsets, bool inWindow)
    {
        if (inWindow)
        {
            // All words wanted lie within 64 of the first: two loads and one permute. Index o and o + 1 make a pair.
            short* window = source + offsets[0];
            Vector512<int> places = (Vector512.Load(offsets) - Vector512.Create(offsets[0])) * Vector512.Create(0x10001) + Vector512.Create(0x10000);
            return Avx512BW.PermuteVar32x16x2(Vector512.Load(window), places.AsInt16(), Vector512.Load(window + 32)).AsInt32();
        }

        return Vector512.Create(FilterLanes256.Gather(source, offsets, false), FilterLanes256.Gather(source, offsets + 8, false));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> AddPairs(Vector512<int> sum, Vector512<int> words, Vector512<int> weights) =>
        sum + Avx512BW.MultiplyAddAdjacent(words.AsInt16(), weights.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(byte* target, Vector512<int> sums) =>
        Avx512F.ConvertToVector128ByteWithSaturation((sums >> FilterPass.ColumnShift).AsUInt32()).Store(target);
}
