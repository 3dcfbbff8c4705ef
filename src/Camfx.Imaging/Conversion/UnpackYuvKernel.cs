using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>Packed 4:2:2 to 4:2:0: luma is moved, chroma is the rounded mean of the two rows. The unit is a pair of columns.</summary>
internal readonly unsafe struct UnpackYuvKernel<TOrder, TChroma> : IKernel<RowPair>
    where TOrder : struct, IPackedYuvOrder
    where TChroma : struct, IChromaLayout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in RowPair row, int unit)
    {
        int luma = TOrder.LumaFirst ? 0 : 1, chroma = 1 - luma;
        byte* first = row.Packed0 + 4 * unit;
        byte* second = row.Packed1 + 4 * unit;
        row.Luma0[2 * unit] = first[luma];
        row.Luma1[2 * unit] = second[luma];
        // The last pair of an odd width has no second column.
        if (2 * unit + 1 < row.Width)
        {
            row.Luma0[2 * unit + 1] = first[luma + 2];
            row.Luma1[2 * unit + 1] = second[luma + 2];
        }

        byte u = (byte)(first[chroma] + second[chroma] + 1 >> 1);
        byte v = (byte)(first[chroma + 2] + second[chroma + 2] + 1 >> 1);
        TChroma.Store(row, unit, u, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in RowPair row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        Half<TLanes, TBytes, TWords>(row, unit, out TBytes chroma0);
        Half<TLanes, TBytes, TWords>(row, unit + TLanes.Width / 2, out TBytes chroma1);
        TChroma.StoreInterleaved<TLanes, TBytes, TWords>(row, unit, chroma0, chroma1);
    }

    /// <summary>One vector of luma from each row; their chroma, averaged, as U V U V ….</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half<TLanes, TBytes, TWords>(in RowPair row, int unit, out TBytes chroma)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        byte* first = row.Packed0 + 4 * unit;
        byte* second = row.Packed1 + 4 * unit;
        TBytes a0 = TLanes.Load(first), a1 = TLanes.Load(first + TLanes.Width);
        TBytes b0 = TLanes.Load(second), b1 = TLanes.Load(second + TLanes.Width);
        // Averaging whole vectors averages the luma too, which is then thrown away: cheaper than taking chroma out twice.
        TBytes mean0 = TLanes.Average(a0, b0), mean1 = TLanes.Average(a1, b1);
        if (TOrder.LumaFirst)
        {
            TLanes.Store(row.Luma0 + 2 * unit, TLanes.Even(a0, a1));
            TLanes.Store(row.Luma1 + 2 * unit, TLanes.Even(b0, b1));
            chroma = TLanes.Odd(mean0, mean1);
        }
        else
        {
            TLanes.Store(row.Luma0 + 2 * unit, TLanes.Odd(a0, a1));
            TLanes.Store(row.Luma1 + 2 * unit, TLanes.Odd(b0, b1));
            chroma = TLanes.Even(mean0, mean1);
        }
    }
}
