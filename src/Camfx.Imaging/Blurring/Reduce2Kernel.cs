using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Blurring;

/// <summary>The mean of 2x2 bytes of two rows (Source0, Source1) as a <see cref="BlurSample"/> of Target0, exact. The unit is a sample.</summary>
internal readonly unsafe struct Reduce2Kernel : IKernel<PlaneRow>
{
    private const int Shift = BlurSample.Bits - 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        int x = 2 * unit;
        int sum = row.Source0[x] + row.Source0[x + 1] + row.Source1[x] + row.Source1[x + 1];
        ((short*)row.Target0)[unit] = (short)(sum << Shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        int x = 2 * unit;
        TWords sum = TLanes.Add(TLanes.SumPairs(TLanes.Load(row.Source0 + x)), TLanes.SumPairs(TLanes.Load(row.Source1 + x)));
        TLanes.StoreWords((short*)row.Target0 + unit, TLanes.ShiftLeft(sum, Shift));
    }
}
