using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Color;

/// <summary>
/// U (Source0) and V (Source1) through the 2x2 matrix of Q12 words at Source2, in the order UU, UV, VU, VV, each four times at most. The targets may be the sources. The unit
/// is a sample. Codes enter shifted left by 7, so products keep four fractional bits.
/// </summary>
internal readonly unsafe struct ChromaKernel : IKernel<PlaneRow>
{
    private const int Neutral = (128 << 4) + 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in PlaneRow row, int unit)
    {
        short* matrix = (short*)row.Source2;
        int u = row.Source0[unit] - 128 << 7, v = row.Source1[unit] - 128 << 7;
        row.Target0[unit] = FixedPoint.Clamp(FixedPoint.MultiplyRound(u, matrix[0]) + FixedPoint.MultiplyRound(v, matrix[1]) + Neutral >> 4);
        row.Target1[unit] = FixedPoint.Clamp(FixedPoint.MultiplyRound(u, matrix[2]) + FixedPoint.MultiplyRound(v, matrix[3]) + Neutral >> 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in PlaneRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        short* matrix = (short*)row.Source2;
        TWords middle = TLanes.SplatWord(128);
        TWords u = TLanes.ShiftLeft(TLanes.Subtract(TLanes.LoadWide(row.Source0 + unit), middle), 7);
        TWords v = TLanes.ShiftLeft(TLanes.Subtract(TLanes.LoadWide(row.Source1 + unit), middle), 7);
        TLanes.StoreNarrow(row.Target0 + unit, Sum<TLanes, TBytes, TWords>(u, v, matrix[0], matrix[1]));
        TLanes.StoreNarrow(row.Target1 + unit, Sum<TLanes, TBytes, TWords>(u, v, matrix[2], matrix[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Sum<TLanes, TBytes, TWords>(TWords u, TWords v, short ofU, short ofV)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TWords sum = TLanes.Add(TLanes.MultiplyRound(u, TLanes.SplatWord(ofU)), TLanes.MultiplyRound(v, TLanes.SplatWord(ofV)));
        return TLanes.ShiftRight(TLanes.Add(sum, TLanes.SplatWord(Neutral)), 4);
    }
}
