using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>
/// Packed RGB to 4:2:0; chroma is computed from the sum of the four pixels. The unit is a pair of columns. Luma is Q15 products with seven
/// fractional bits, chroma with six: each rounded once at the end, within one of the exact real value.
/// </summary>
internal readonly unsafe struct RgbToYuvKernel<TPixel, TChroma> : IKernel<RowPair>
    where TPixel : struct, IRgbLayout
    where TChroma : struct, IChromaLayout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in RowPair row, int unit)
    {
        int left = 2 * unit;
        // The last pair of an odd width has no second column: the first one counts twice.
        int right = left + 1 < row.Width ? left + 1 : left;
        int red = 0, green = 0, blue = 0;
        row.Luma0[left] = Luma(row.Packed0 + left * TPixel.BytesPerPixel, row.Constants, ref red, ref green, ref blue);
        row.Luma0[right] = Luma(row.Packed0 + right * TPixel.BytesPerPixel, row.Constants, ref red, ref green, ref blue);
        row.Luma1[left] = Luma(row.Packed1 + left * TPixel.BytesPerPixel, row.Constants, ref red, ref green, ref blue);
        row.Luma1[right] = Luma(row.Packed1 + right * TPixel.BytesPerPixel, row.Constants, ref red, ref green, ref blue);
        int u = Weighted(row.Constants, RgbToYuvConstants.URed, red << 4, green << 4, blue << 4) + RgbToChroma.Offset >> 6;
        int v = Weighted(row.Constants, RgbToYuvConstants.VRed, red << 4, green << 4, blue << 4) + RgbToChroma.Offset >> 6;
        TChroma.Store(row, unit, FixedPoint.Clamp(u), FixedPoint.Clamp(v));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in RowPair row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TPixel.Load<TLanes, TBytes, TWords>(row.Packed0 + 2 * unit * TPixel.BytesPerPixel, out TBytes red, out TBytes green, out TBytes blue);
        TLanes.Store(row.Luma0 + 2 * unit, Luma<TLanes, TBytes, TWords>(row.Constants, red, green, blue));
        TWords redSum = TLanes.SumPairs(red), greenSum = TLanes.SumPairs(green), blueSum = TLanes.SumPairs(blue);

        TPixel.Load<TLanes, TBytes, TWords>(row.Packed1 + 2 * unit * TPixel.BytesPerPixel, out red, out green, out blue);
        TLanes.Store(row.Luma1 + 2 * unit, Luma<TLanes, TBytes, TWords>(row.Constants, red, green, blue));
        redSum = TLanes.ShiftLeft(TLanes.Add(redSum, TLanes.SumPairs(red)), 4);
        greenSum = TLanes.ShiftLeft(TLanes.Add(greenSum, TLanes.SumPairs(green)), 4);
        blueSum = TLanes.ShiftLeft(TLanes.Add(blueSum, TLanes.SumPairs(blue)), 4);

        TWords offset = TLanes.SplatWord(RgbToChroma.Offset);
        TWords u = Weighted<TLanes, TBytes, TWords>(row.Constants, RgbToYuvConstants.URed, redSum, greenSum, blueSum);
        TWords v = Weighted<TLanes, TBytes, TWords>(row.Constants, RgbToYuvConstants.VRed, redSum, greenSum, blueSum);
        TChroma.StoreNarrow<TLanes, TBytes, TWords>(
            row, unit, TLanes.ShiftRight(TLanes.Add(u, offset), 6), TLanes.ShiftRight(TLanes.Add(v, offset), 6));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Luma(byte* pixel, short* constants, ref int redSum, ref int greenSum, ref int blueSum)
    {
        TPixel.Load(pixel, out byte red, out byte green, out byte blue);
        redSum += red;
        greenSum += green;
        blueSum += blue;
        int sum = Weighted(constants, RgbToYuvConstants.LumaRed, red << 7, green << 7, blue << 7);
        return FixedPoint.Clamp(sum + constants[RgbToYuvConstants.LumaOffset * FixedPoint.Copies] >> 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBytes Luma<TLanes, TBytes, TWords>(short* constants, TBytes red, TBytes green, TBytes blue)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords low = Weighted<TLanes, TBytes, TWords>(
            constants, RgbToYuvConstants.LumaRed,
            TLanes.ShiftLeft(TLanes.WidenLaneLow(red), 7),
            TLanes.ShiftLeft(TLanes.WidenLaneLow(green), 7),
            TLanes.ShiftLeft(TLanes.WidenLaneLow(blue), 7));
        TWords high = Weighted<TLanes, TBytes, TWords>(
            constants, RgbToYuvConstants.LumaRed,
            TLanes.ShiftLeft(TLanes.WidenLaneHigh(red), 7),
            TLanes.ShiftLeft(TLanes.WidenLaneHigh(green), 7),
            TLanes.ShiftLeft(TLanes.WidenLaneHigh(blue), 7));
        TWords offset = TLanes.LoadWords(constants + RgbToYuvConstants.LumaOffset * FixedPoint.Copies);
        return TLanes.PackLanes(TLanes.ShiftRight(TLanes.Add(low, offset), 7), TLanes.ShiftRight(TLanes.Add(high, offset), 7));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Weighted(short* constants, int index, int red, int green, int blue) =>
        FixedPoint.MultiplyRound(red, constants[index * FixedPoint.Copies])
        + FixedPoint.MultiplyRound(green, constants[(index + 1) * FixedPoint.Copies])
        + FixedPoint.MultiplyRound(blue, constants[(index + 2) * FixedPoint.Copies]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Weighted<TLanes, TBytes, TWords>(short* constants, int index, TWords red, TWords green, TWords blue)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        TLanes.Add(
            TLanes.Add(
                TLanes.MultiplyRound(red, TLanes.LoadWords(constants + index * FixedPoint.Copies)),
                TLanes.MultiplyRound(green, TLanes.LoadWords(constants + (index + 1) * FixedPoint.Copies))),
            TLanes.MultiplyRound(blue, TLanes.LoadWords(constants + (index + 2) * FixedPoint.Copies)));
}
