using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>
/// Changes the matrix or range of a 4:2:0 picture in place, by the chroma samples it has. The unit is a pair of columns. Codes enter shifted left
/// by 7, products keep five fractional bits, as in <see cref="YuvToRgbKernel{TPixel, TChroma}"/>.
/// </summary>
internal readonly unsafe struct RecolorKernel<TChroma> : IKernel<RowPair>
    where TChroma : struct, IChromaLayout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in RowPair row, int unit)
    {
        TChroma.Load(row, unit, out byte u, out byte v);
        int cb = u - 128 << 7, cr = v - 128 << 7;
        int shift = Product(row, RecolorConstants.LumaU, cb) + Product(row, RecolorConstants.LumaV, cr)
            + row.Constants[RecolorConstants.TargetLuma * FixedPoint.Copies];
        TChroma.Store(
            row, unit,
            Chroma(Product(row, RecolorConstants.UU, cb) + Product(row, RecolorConstants.UV, cr)),
            Chroma(Product(row, RecolorConstants.VU, cb) + Product(row, RecolorConstants.VV, cr)));
        // Both rows are read before one is written: in the last pair of an odd height they are the same.
        int left = 2 * unit, right = left + 1 < row.Width ? left + 1 : left;
        byte left0 = Luma(row, row.Luma0[left], shift), left1 = Luma(row, row.Luma1[left], shift);
        byte right0 = Luma(row, row.Luma0[right], shift), right1 = Luma(row, row.Luma1[right], shift);
        row.Luma0[left] = left0;
        row.Luma1[left] = left1;
        row.Luma0[right] = right0;
        row.Luma1[right] = right1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in RowPair row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TChroma.LoadWide<TLanes, TBytes, TWords>(row, unit, out TWords u, out TWords v);
        TWords middle = TLanes.SplatWord(128), neutral = TLanes.SplatWord(RecolorConstants.Neutral);
        u = TLanes.ShiftLeft(TLanes.Subtract(u, middle), 7);
        v = TLanes.ShiftLeft(TLanes.Subtract(v, middle), 7);
        TWords shift = TLanes.Add(
            Sum<TLanes, TBytes, TWords>(row, RecolorConstants.LumaU, RecolorConstants.LumaV, u, v),
            TLanes.LoadWords(row.Constants + RecolorConstants.TargetLuma * FixedPoint.Copies));
        TWords newU = TLanes.Add(Sum<TLanes, TBytes, TWords>(row, RecolorConstants.UU, RecolorConstants.UV, u, v), neutral);
        TWords newV = TLanes.Add(Sum<TLanes, TBytes, TWords>(row, RecolorConstants.VU, RecolorConstants.VV, u, v), neutral);
        TChroma.StoreNarrow<TLanes, TBytes, TWords>(row, unit, TLanes.ShiftRight(newU, 5), TLanes.ShiftRight(newV, 5));

        // Chroma word k of a lane belongs to luma bytes 2k and 2k + 1 of the same lane.
        TWords low = TLanes.DuplicateLaneLow(shift), high = TLanes.DuplicateLaneHigh(shift);
        TBytes first = TLanes.Load(row.Luma0 + 2 * unit), second = TLanes.Load(row.Luma1 + 2 * unit);
        TLanes.Store(row.Luma0 + 2 * unit, Luma<TLanes, TBytes, TWords>(row, first, low, high));
        TLanes.Store(row.Luma1 + 2 * unit, Luma<TLanes, TBytes, TWords>(row, second, low, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Product(in RowPair row, int index, int value) =>
        FixedPoint.MultiplyRound(value, row.Constants[index * FixedPoint.Copies]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Chroma(int sum) => FixedPoint.Clamp(sum + RecolorConstants.Neutral >> 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Luma(in RowPair row, byte code, int shift)
    {
        int above = code - row.Constants[RecolorConstants.SourceLuma * FixedPoint.Copies] << 7;
        return FixedPoint.Clamp(Product(row, RecolorConstants.LumaY, above) + shift >> 5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Sum<TLanes, TBytes, TWords>(in RowPair row, int first, int second, TWords u, TWords v)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        TLanes.Add(
            TLanes.MultiplyRound(u, TLanes.LoadWords(row.Constants + first * FixedPoint.Copies)),
            TLanes.MultiplyRound(v, TLanes.LoadWords(row.Constants + second * FixedPoint.Copies)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBytes Luma<TLanes, TBytes, TWords>(in RowPair row, TBytes codes, TWords shiftLow, TWords shiftHigh)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords black = TLanes.LoadWords(row.Constants + RecolorConstants.SourceLuma * FixedPoint.Copies);
        TWords factor = TLanes.LoadWords(row.Constants + RecolorConstants.LumaY * FixedPoint.Copies);
        TWords low = TLanes.ShiftLeft(TLanes.Subtract(TLanes.WidenLaneLow(codes), black), 7);
        TWords high = TLanes.ShiftLeft(TLanes.Subtract(TLanes.WidenLaneHigh(codes), black), 7);
        return TLanes.PackLanes(
            TLanes.ShiftRight(TLanes.Add(TLanes.MultiplyRound(low, factor), shiftLow), 5),
            TLanes.ShiftRight(TLanes.Add(TLanes.MultiplyRound(high, factor), shiftHigh), 5));
    }
}
