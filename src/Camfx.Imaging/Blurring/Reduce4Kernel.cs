using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Blurring;

/// <summary>The mean of 4x4 bytes of four rows (Source0 to Source3) as a <see cref="BlurSample"/> of Target0, exact. The unit is a sample.</summary>
internal readonly unsafe struct Reduce4Kernel : IKernel<PlaneRow>
{
    private const int Shift = BlurSample.Bits - 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        int sum = 0;
        for (int x = 4 * unit; x < 4 * unit + 4; x++) sum += row.Source0[x] + row.Source1[x] + row.Source2[x] + row.Source3[x];
        ((short*)row.Target0)[unit] = (short)(sum << Shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        int x = 4 * unit;
        TWords sum = TLanes.AddPairs(Pairs<TLanes, TBytes, TWords>(row, x), Pairs<TLanes, TBytes, TWords>(row, x + TLanes.Width));
        TLanes.StoreWords((short*)row.Target0 + unit, TLanes.ShiftLeft(sum, Shift));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Pairs<TLanes, TBytes, TWords>(in PlaneRow row, int x)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords first = TLanes.Add(TLanes.SumPairs(TLanes.Load(row.Source0 + x)), TLanes.SumPairs(TLanes.Load(row.Source1 + x)));
        TWords second = TLanes.Add(TLanes.SumPairs(TLanes.Load(row.Source2 + x)), TLanes.SumPairs(TLanes.Load(row.Source3 + x)));
        return TLanes.Add(first, second);
    }
}
