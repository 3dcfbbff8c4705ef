using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Denoising;

/// <summary>
/// Memory follows Codes, slowly where the neighbourhood's difference is noise and at once where it is motion, and is what is shown: one sample's noise counts little in the neighbourhood, a
/// thing that moves counts in all of it. The unit is a sample.
/// </summary>
internal readonly unsafe struct FollowKernel : IKernel<DenoiseRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in DenoiseRow row, int unit)
    {
        short* sums = row.Sums + unit;
        int difference = sums[-2] + sums[2] + 4 * (sums[-1] + sums[1]) + 6 * sums[0] >> 4;
        int size = FixedPoint.Clamp(difference) + FixedPoint.Clamp(-difference);
        int share = FixedPoint.Clamp(FixedPoint.Clamp((size - row.Threshold) * row.Slope) + row.Least);
        int memory = row.Memory[unit];
        memory += FixedPoint.MultiplyRound((row.Codes[unit] << 7) - memory, share << 7);
        row.Memory[unit] = (short)memory;
        row.Codes[unit] = (byte)(memory + 64 >> 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in DenoiseRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        short* sums = row.Sums + unit;
        TWords outer = TLanes.Add(TLanes.LoadWords(sums - 2), TLanes.LoadWords(sums + 2));
        TWords inner = TLanes.Add(TLanes.LoadWords(sums - 1), TLanes.LoadWords(sums + 1)), middle = TLanes.LoadWords(sums);
        TWords sum = TLanes.Add(outer, TLanes.Add(TLanes.ShiftLeft(TLanes.Add(inner, middle), 2), TLanes.ShiftLeft(middle, 1)));
        TWords difference = TLanes.ShiftRight(sum, 4);
        TWords size = TLanes.Add(TLanes.ClampToByte(difference), TLanes.ClampToByte(TLanes.Subtract(TLanes.SplatWord(0), difference)));
        TWords motion = TLanes.ClampToByte(TLanes.Multiply(TLanes.Subtract(size, TLanes.SplatWord(row.Threshold)), TLanes.SplatWord(row.Slope)));
        TWords share = TLanes.ClampToByte(TLanes.Add(motion, TLanes.SplatWord(row.Least)));
        TWords memory = TLanes.LoadWords(row.Memory + unit), codes = TLanes.ShiftLeft(TLanes.LoadWide(row.Codes + unit), 7);
        memory = TLanes.Add(memory, TLanes.MultiplyRound(TLanes.Subtract(codes, memory), TLanes.ShiftLeft(share, 7)));
        TLanes.StoreWords(row.Memory + unit, memory);
        TLanes.StoreNarrow(row.Codes + unit, TLanes.ShiftRight(TLanes.Add(memory, TLanes.SplatWord(64)), 7));
    }
}
