using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Denoising;

/// <summary>What Codes have over Memory, in whole codes, to Middle. The unit is a sample.</summary>
internal readonly unsafe struct DifferenceKernel : IKernel<DenoiseRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in DenoiseRow row, int unit)
    {
        row.Middle[unit] = (short)((row.Codes[unit] << 7) - row.Memory[unit] + 64 >> 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in DenoiseRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords difference = TLanes.Subtract(TLanes.ShiftLeft(TLanes.LoadWide(row.Codes + unit), 7), TLanes.LoadWords(row.Memory + unit));
        TLanes.StoreWords(row.Middle + unit, TLanes.ShiftRight(TLanes.Add(difference, TLanes.SplatWord(64)), 7));
    }
}
