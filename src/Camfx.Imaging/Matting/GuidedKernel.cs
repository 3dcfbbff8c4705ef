using System.Runtime.CompilerServices;
using Camfx.Imaging.Blurring;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Matting;

/// <summary>
/// Four bytes of a matte (Bytes) for each sample of a line of gains (Source0, <see cref="Guidance.GainBits"/> fractional bits) and offsets (Source1,
/// <see cref="Guidance.OffsetBits"/>): gain × picture + offset, both on the straight lines between samples. Bytes holds the picture's luma first and
/// the matte afterwards. Reads one sample before and one behind. The unit is a sample.
/// </summary>
internal readonly unsafe struct GuidedKernel : IKernel<WordRow>
{
    private const short Near = 1 << 12, Far = 3 << 12, Half = 1 << Guidance.OffsetBits - 1;

    // gain × luma by MultiplyRound: the luma has 7 bits more, 15 are shifted out, and the offset's are left.
    private const int LumaBits = 15 + Guidance.OffsetBits - Guidance.GainBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in WordRow row, int unit)
    {
        short* gains = row.Source0 + unit, offsets = row.Source1 + unit;
        byte* bytes = row.Bytes + 4 * unit;
        for (int phase = 0; phase < 4; phase++)
        {
            int neighbour = phase < 2 ? -1 : 1, way = phase is 0 or 3 ? Far : Near;
            int gain = gains[0] + BlurSample.Multiply(gains[neighbour] - gains[0], way);
            int offset = offsets[0] + BlurSample.Multiply(offsets[neighbour] - offsets[0], way);
            int value = BlurSample.Multiply(gain, bytes[phase] << LumaBits) + offset + Half >> Guidance.OffsetBits;
            bytes[phase] = (byte)Math.Clamp(value, 0, 255);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in WordRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        byte* bytes = row.Bytes + 4 * unit;
        short* gains = row.Source0 + unit, offsets = row.Source1 + unit;
        TBytes first = TLanes.Load(bytes), second = TLanes.Load(bytes + TLanes.Width);

        // Words that hold pixels 0 and 2 of each four, and 1 and 3.
        TWords even = TLanes.AsWords(TLanes.Even(first, second)), odd = TLanes.AsWords(TLanes.Odd(first, second));
        TWords gain = TLanes.LoadWords(gains), offset = TLanes.LoadWords(offsets);
        TWords gainBefore = TLanes.Subtract(TLanes.LoadWords(gains - 1), gain), offsetBefore = TLanes.Subtract(TLanes.LoadWords(offsets - 1), offset);
        TWords gainBehind = TLanes.Subtract(TLanes.LoadWords(gains + 1), gain), offsetBehind = TLanes.Subtract(TLanes.LoadWords(offsets + 1), offset);
        TWords one = Pixel<TLanes, TBytes, TWords>(gain, gainBefore, offset, offsetBefore, Far, Low<TLanes, TBytes, TWords>(even));
        TWords two = Pixel<TLanes, TBytes, TWords>(gain, gainBefore, offset, offsetBefore, Near, Low<TLanes, TBytes, TWords>(odd));
        TWords three = Pixel<TLanes, TBytes, TWords>(gain, gainBehind, offset, offsetBehind, Near, High<TLanes, TBytes, TWords>(even));
        TWords four = Pixel<TLanes, TBytes, TWords>(gain, gainBehind, offset, offsetBehind, Far, High<TLanes, TBytes, TWords>(odd));
        TBytes left = TLanes.AsBytes(TLanes.Add(one, TLanes.ShiftLeft(two, 8))), right = TLanes.AsBytes(TLanes.Add(three, TLanes.ShiftLeft(four, 8)));
        TLanes.Store(bytes, TLanes.InterleaveWordsLow(left, right));
        TLanes.Store(bytes + TLanes.Width, TLanes.InterleaveWordsHigh(left, right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Low<TLanes, TBytes, TWords>(TWords pair)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        TLanes.ShiftRightUnsigned(TLanes.ShiftLeft(pair, 8), 8 - LumaBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords High<TLanes, TBytes, TWords>(TWords pair)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        TLanes.ShiftLeft(TLanes.ShiftRightUnsigned(pair, 8), LumaBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Pixel<TLanes, TBytes, TWords>(TWords gain, TWords gainWay, TWords offset, TWords offsetWay, short way, TWords luma)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords share = TLanes.SplatWord(way);
        gain = TLanes.Add(gain, TLanes.MultiplyRound(gainWay, share));
        offset = TLanes.Add(offset, TLanes.MultiplyRound(offsetWay, share));
        TWords value = TLanes.Add(TLanes.MultiplyRound(gain, luma), TLanes.Add(offset, TLanes.SplatWord(Half)));
        return TLanes.ClampToByte(TLanes.ShiftRight(value, Guidance.OffsetBits));
    }
}
