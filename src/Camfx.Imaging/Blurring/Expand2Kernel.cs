using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Blurring;

/// <summary>
/// Two bytes (of Bytes) for each sample of Source0, on the straight lines between samples, ¼ before and behind each. Reads one sample before and one
/// behind. The unit is a sample.
/// </summary>
internal readonly unsafe struct Expand2Kernel : IKernel<WordRow>
{
    private const short Quarter = 1 << 13;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in WordRow row, int unit)
    {
        int here = row.Source0[unit] + BlurSample.Half, before = row.Source0[unit] - row.Source0[unit - 1], behind = row.Source0[unit + 1] - row.Source0[unit];
        row.Bytes[2 * unit] = (byte)(here - BlurSample.Multiply(before, Quarter) >> BlurSample.Bits);
        row.Bytes[2 * unit + 1] = (byte)(here + BlurSample.Multiply(behind, Quarter) >> BlurSample.Bits);
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
        TWords quarter = TLanes.SplatWord(Quarter);
        TWords first = TLanes.ShiftRight(TLanes.Subtract(here, TLanes.MultiplyRound(before, quarter)), BlurSample.Bits);
        TWords second = TLanes.ShiftRight(TLanes.Add(here, TLanes.MultiplyRound(behind, quarter)), BlurSample.Bits);
        TLanes.Store(row.Bytes + 2 * unit, TLanes.AsBytes(TLanes.Add(first, TLanes.ShiftLeft(second, 8))));
    }
}
