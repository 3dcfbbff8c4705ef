using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Color;

/// <summary>
/// Any linear change of the colours of an I420 picture, in place: luma by the chroma sample it has, chroma by the mean of the four luma samples it belongs to.
/// The unit is a pair of columns. Codes enter shifted left by 7, products keep four fractional bits.
/// </summary>
internal readonly unsafe struct TransformKernel : IKernel<RowPair>
{
    private const int Y = TransformConstants.Factors, U = Y + 3, V = U + 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in RowPair row, int unit)
    {
        int cb = row.ChromaU[unit] - 128 << 7, cr = row.ChromaV[unit] - 128 << 7, black = Constant(row, TransformConstants.Black);

        // All are read before one is written: in the last pair of an odd width or height some are the same.
        int left = 2 * unit, right = left + 1 < row.Width ? left + 1 : left;
        int left0 = row.Luma0[left], right0 = row.Luma0[right], left1 = row.Luma1[left], right1 = row.Luma1[right];
        int mean = left0 + right0 + left1 + right1 - 4 * black << 5;
        row.ChromaU[unit] = FixedPoint.Clamp(Product(row, U, mean) + Product(row, U + 1, cb) + Product(row, U + 2, cr) + Constant(row, TransformConstants.Offsets + 1) >> 4);
        row.ChromaV[unit] = FixedPoint.Clamp(Product(row, V, mean) + Product(row, V + 1, cb) + Product(row, V + 2, cr) + Constant(row, TransformConstants.Offsets + 2) >> 4);
        int shift = Product(row, Y + 1, cb) + Product(row, Y + 2, cr) + Constant(row, TransformConstants.Offsets);
        row.Luma0[left] = Luma(row, left0 - black, shift);
        row.Luma0[right] = Luma(row, right0 - black, shift);
        row.Luma1[left] = Luma(row, left1 - black, shift);
        row.Luma1[right] = Luma(row, right1 - black, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in RowPair row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords middle = TLanes.SplatWord(128), black = Words<TLanes, TBytes, TWords>(row, TransformConstants.Black);
        TWords cb = TLanes.ShiftLeft(TLanes.Subtract(TLanes.LoadWide(row.ChromaU + unit), middle), 7);
        TWords cr = TLanes.ShiftLeft(TLanes.Subtract(TLanes.LoadWide(row.ChromaV + unit), middle), 7);
        TBytes first = TLanes.Load(row.Luma0 + 2 * unit), second = TLanes.Load(row.Luma1 + 2 * unit);
        TWords sum = TLanes.Add(TLanes.SumPairs(first), TLanes.SumPairs(second));
        TWords mean = TLanes.ShiftLeft(TLanes.Subtract(sum, TLanes.ShiftLeft(black, 2)), 5);
        TLanes.StoreNarrow(row.ChromaU + unit, Chroma<TLanes, TBytes, TWords>(row, U, TransformConstants.Offsets + 1, mean, cb, cr));
        TLanes.StoreNarrow(row.ChromaV + unit, Chroma<TLanes, TBytes, TWords>(row, V, TransformConstants.Offsets + 2, mean, cb, cr));

        // Chroma word k of a lane belongs to luma bytes 2k and 2k + 1 of the same lane.
        TWords shift = TLanes.Add(
            TLanes.Add(Product<TLanes, TBytes, TWords>(row, Y + 1, cb), Product<TLanes, TBytes, TWords>(row, Y + 2, cr)),
            Words<TLanes, TBytes, TWords>(row, TransformConstants.Offsets));
        TWords low = TLanes.DuplicateLaneLow(shift), high = TLanes.DuplicateLaneHigh(shift);
        TLanes.Store(row.Luma0 + 2 * unit, Luma<TLanes, TBytes, TWords>(row, first, low, high));
        TLanes.Store(row.Luma1 + 2 * unit, Luma<TLanes, TBytes, TWords>(row, second, low, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Constant(in RowPair row, int index) => row.Constants[index * FixedPoint.Copies];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Product(in RowPair row, int index, int value) => FixedPoint.MultiplyRound(value, Constant(row, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Luma(in RowPair row, int above, int shift) => FixedPoint.Clamp(Product(row, Y, above << 7) + shift >> 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Words<TLanes, TBytes, TWords>(in RowPair row, int index)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged => TLanes.LoadWords(row.Constants + index * FixedPoint.Copies);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Product<TLanes, TBytes, TWords>(in RowPair row, int index, TWords value)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged => TLanes.MultiplyRound(value, Words<TLanes, TBytes, TWords>(row, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Chroma<TLanes, TBytes, TWords>(in RowPair row, int factors, int offset, TWords mean, TWords cb, TWords cr)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords sum = TLanes.Add(Product<TLanes, TBytes, TWords>(row, factors + 1, cb), Product<TLanes, TBytes, TWords>(row, factors + 2, cr));
        sum = TLanes.Add(sum, Product<TLanes, TBytes, TWords>(row, factors, mean));
        return TLanes.ShiftRight(TLanes.Add(sum, Words<TLanes, TBytes, TWords>(row, offset)), 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBytes Luma<TLanes, TBytes, TWords>(in RowPair row, TBytes codes, TWords shiftLow, TWords shiftHigh)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords black = Words<TLanes, TBytes, TWords>(row, TransformConstants.Black), factor = Words<TLanes, TBytes, TWords>(row, Y);
        TWords low = TLanes.ShiftLeft(TLanes.Subtract(TLanes.WidenLaneLow(codes), black), 7);
        TWords high = TLanes.ShiftLeft(TLanes.Subtract(TLanes.WidenLaneHigh(codes), black), 7);
        return TLanes.PackLanes(
            TLanes.ShiftRight(TLanes.Add(TLanes.MultiplyRound(low, factor), shiftLow), 4),
            TLanes.ShiftRight(TLanes.Add(TLanes.MultiplyRound(high, factor), shiftHigh), 4));
    }
}
