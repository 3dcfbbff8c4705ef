using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>The neighbourhood of a sample, out of the sums of columns in Words. The unit is a byte.</summary>
internal readonly unsafe struct BlurKernel : IKernel<NeighbourRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in NeighbourRow row, int unit)
    {
        row.Target[unit] = (byte)Binomial.At(row.Words + unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in NeighbourRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TLanes.StoreNarrow(row.Target + unit, Binomial.At<TLanes, TBytes, TWords>(row.Words + unit));
    }
}
