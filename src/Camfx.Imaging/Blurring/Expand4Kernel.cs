using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Blurring;

/// <summary>
/// Four bytes (of Bytes) for each sample of Source0, on the straight lines between samples, ⅜ and ⅛ before and behind each. Reads one sample before and
/// one behind. The unit is a sample.
/// </summary>
internal readonly unsafe struct Expand4Kernel : IKernel<WordRow>
{
    private const short Near = 1 << 12, Far = 3 << 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in WordRow row, int unit)
    {
        int here = row.Source0[unit] + BlurSample.Half, before = row.Source0[unit] - row.Source0[unit - 1], behind = row.Source0[unit + 1] - row.Source0[unit];
        byte* bytes = row.Bytes + 4 * unit;
        bytes[0] = (byte)(here - BlurSample.Multiply(before, Far) >> BlurSample.Bits);
        bytes[1] = (byte)(here - BlurSample.Multiply(before, Near) >> BlurSample.Bits);
        bytes[2] = (byte)(here + BlurSample.Multiply(behind, Near) >> BlurSample.Bits);
        bytes[3] = (byte)(here + BlurSample.Multiply(behind, Far) >> BlurSample.Bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in WordRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords middle = TLanes.LoadWords(row.Source0 + unit), here = TLanes.Add(middle, TLanes.SplatWord(BlurSample.Half));
        TWords before = TLanes.Subtract(middle, TLanes.LoadWords(row.Source0 + unit - 1));
        TWords behind = TLanes.Subtract(TLanes.LoadWords(row.Source0 + unit + 1), middle);
        TWords near = TLanes.SplatWord(Near), far = TLanes.SplatWord(Far);
        TBytes first = Pair<TLanes, TBytes, TWords>(
            TLanes.Subtract(here, TLanes.MultiplyRound(before, far)), TLanes.Subtract(here, TLanes.MultiplyRound(before, near)));
        TBytes second = Pair<TLanes, TBytes, TWords>(
            TLanes.Add(here, TLanes.MultiplyRound(behind, near)), TLanes.Add(here, TLanes.MultiplyRound(behind, far)));
        byte* bytes = row.Bytes + 4 * unit;
        TLanes.Store(bytes, TLanes.InterleaveWordsLow(first, second));
        TLanes.Store(bytes + TLanes.Width, TLanes.InterleaveWordsHigh(first, second));
    }

    /// <summary>Two samples as the two bytes of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBytes Pair<TLanes, TBytes, TWords>(TWords first, TWords second)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        TLanes.AsBytes(TLanes.Add(
            TLanes.ShiftRight(first, BlurSample.Bits), TLanes.ShiftLeft(TLanes.ShiftRight(second, BlurSample.Bits), 8)));
}
