using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>
/// 4:2:0 to packed RGB, each chroma sample used for its four pixels. The unit is a pair of columns. The arithmetic is Q15 products of
/// numbers with five fractional bits (<see cref="YuvToRgbConstants"/>): within one of the exact real value.
/// </summary>
internal readonly unsafe struct YuvToRgbKernel<TPixel, TChroma> : IKernel<RowPair>
    where TPixel : struct, IRgbLayout
    where TChroma : struct, IChromaLayout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in RowPair row, int unit)
    {
        TChroma.Load(row, unit, out byte u, out byte v);
        Pixel(row.Luma0[2 * unit], u, v, row.Constants, row.Packed0 + 2 * unit * TPixel.BytesPerPixel);
        Pixel(row.Luma1[2 * unit], u, v, row.Constants, row.Packed1 + 2 * unit * TPixel.BytesPerPixel);
        if (2 * unit + 1 >= row.Width) return;
        Pixel(row.Luma0[2 * unit + 1], u, v, row.Constants, row.Packed0 + (2 * unit + 1) * TPixel.BytesPerPixel);
        Pixel(row.Luma1[2 * unit + 1], u, v, row.Constants, row.Packed1 + (2 * unit + 1) * TPixel.BytesPerPixel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in RowPair row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        short* constants = row.Constants;
        TChroma.LoadWide<TLanes, TBytes, TWords>(row, unit, out TWords u, out TWords v);
        TWords middle = TLanes.SplatWord(128), half = TLanes.SplatWord(16);
        u = TLanes.ShiftLeft(TLanes.Subtract(u, middle), 7);
        v = TLanes.ShiftLeft(TLanes.Subtract(v, middle), 7);
        TWords red = TLanes.Add(Product<TLanes, TBytes, TWords>(v, constants, YuvToRgbConstants.RedV), half);
        TWords blue = TLanes.Add(Product<TLanes, TBytes, TWords>(u, constants, YuvToRgbConstants.BlueU), half);
        TWords green = TLanes.Add(
            TLanes.Add(
                Product<TLanes, TBytes, TWords>(u, constants, YuvToRgbConstants.GreenU),
                Product<TLanes, TBytes, TWords>(v, constants, YuvToRgbConstants.GreenV)),
            half);
        // Chroma word k of a lane belongs to luma bytes 2k and 2k + 1 of the same lane: doubling within the lane matches WidenLane.
        TWords redLow = TLanes.DuplicateLaneLow(red), redHigh = TLanes.DuplicateLaneHigh(red);
        TWords greenLow = TLanes.DuplicateLaneLow(green), greenHigh = TLanes.DuplicateLaneHigh(green);
        TWords blueLow = TLanes.DuplicateLaneLow(blue), blueHigh = TLanes.DuplicateLaneHigh(blue);

        Luma<TLanes, TBytes, TWords>(row.Luma0 + 2 * unit, constants, out TWords low, out TWords high);
        TPixel.Store<TLanes, TBytes, TWords>(
            row.Packed0 + 2 * unit * TPixel.BytesPerPixel,
            Sum<TLanes, TBytes, TWords>(low, high, redLow, redHigh),
            Sum<TLanes, TBytes, TWords>(low, high, greenLow, greenHigh),
            Sum<TLanes, TBytes, TWords>(low, high, blueLow, blueHigh));
        Luma<TLanes, TBytes, TWords>(row.Luma1 + 2 * unit, constants, out low, out high);
        TPixel.Store<TLanes, TBytes, TWords>(
            row.Packed1 + 2 * unit * TPixel.BytesPerPixel,
            Sum<TLanes, TBytes, TWords>(low, high, redLow, redHigh),
            Sum<TLanes, TBytes, TWords>(low, high, greenLow, greenHigh),
            Sum<TLanes, TBytes, TWords>(low, high, blueLow, blueHigh));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pixel(byte luma, byte u, byte v, short* constants, byte* pixel)
    {
        int y = FixedPoint.MultiplyRound(luma - Constant(constants, YuvToRgbConstants.LumaOffset) << 7, Constant(constants, YuvToRgbConstants.Luma));
        int cb = u - 128 << 7, cr = v - 128 << 7;
        int red = FixedPoint.MultiplyRound(cr, Constant(constants, YuvToRgbConstants.RedV)) + 16;
        int green = FixedPoint.MultiplyRound(cb, Constant(constants, YuvToRgbConstants.GreenU))
            + FixedPoint.MultiplyRound(cr, Constant(constants, YuvToRgbConstants.GreenV)) + 16;
        int blue = FixedPoint.MultiplyRound(cb, Constant(constants, YuvToRgbConstants.BlueU)) + 16;
        TPixel.Store(pixel, FixedPoint.Clamp(y + red >> 5), FixedPoint.Clamp(y + green >> 5), FixedPoint.Clamp(y + blue >> 5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Luma<TLanes, TBytes, TWords>(byte* source, short* constants, out TWords low, out TWords high)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes luma = TLanes.Load(source);
        TWords offset = TLanes.LoadWords(constants + YuvToRgbConstants.LumaOffset * FixedPoint.Copies);
        low = TLanes.ShiftLeft(TLanes.Subtract(TLanes.WidenLaneLow(luma), offset), 7);
        high = TLanes.ShiftLeft(TLanes.Subtract(TLanes.WidenLaneHigh(luma), offset), 7);
        low = Product<TLanes, TBytes, TWords>(low, constants, YuvToRgbConstants.Luma);
        high = Product<TLanes, TBytes, TWords>(high, constants, YuvToRgbConstants.Luma);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBytes Sum<TLanes, TBytes, TWords>(TWords lumaLow, TWords lumaHigh, TWords low, TWords high)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        TLanes.PackLanes(TLanes.ShiftRight(TLanes.Add(lumaLow, low), 5), TLanes.ShiftRight(TLanes.Add(lumaHigh, high), 5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Product<TLanes, TBytes, TWords>(TWords value, short* constants, int index)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        TLanes.MultiplyRound(value, TLanes.LoadWords(constants + index * FixedPoint.Copies));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Constant(short* constants, int index) => constants[index * FixedPoint.Copies];
}
