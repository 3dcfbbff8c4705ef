using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Scaling;

/// <summary>Four sums at a time with SSE4.1.</summary>
internal readonly unsafe struct FilterLanes128 : IFilterLanes<Vector128<int>>
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.IsHardwareAccelerated && Sse41.IsSupported;
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
        Vector128<short> a = Sse41.ConvertToVector128Int16(Vector64.Load(first).ToVector128Unsafe());
        Vector128<short> b = Sse41.ConvertToVector128Int16(Vector64.Load(second).ToVector128Unsafe());
        low += Sse2.MultiplyAddAdjacent(Sse2.UnpackLow(a, b), weights.AsInt16());
        high += Sse2.MultiplyAddAdjacent(Sse2.UnpackHigh(a, b), weights.AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(short* target, Vector128<int> low, Vector128<int> high) =>
        Sse2.PackSignedSaturate(low >> FilterPass.RowShift, high >> FilterPass.RowShift).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Gather(short* source, int* offsets, bool inWindow) =>
        PortableFilterLanes.Gather(source, offsets, inWindow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AddPairs(Vector128<int> sum, Vector128<int> words, Vector128<int> weights) =>
        sum + Sse2.MultiplyAddAdjacent(words.AsInt16(), weights.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(byte* target, Vector128<int> sums) => PortableFilterLanes.StoreBytes(target, sums);
}
