using System.Runtime.CompilerServices;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Neighbours;

/// <summary>How steep the plane is at a sample: the sum of what Sobel's two operators find, halved, 255 at most. The unit is a byte.</summary>
internal readonly unsafe struct EdgeKernel : IKernel<NeighbourRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in NeighbourRow row, int unit)
    {
        byte* a = row.Above + unit, m = row.Middle + unit, b = row.Below + unit;
        int across = a[1] + 2 * m[1] + b[1] - (a[-1] + 2 * m[-1] + b[-1]);
        int down = b[-1] + 2 * b[0] + b[1] - (a[-1] + 2 * a[0] + a[1]);
        row.Target[unit] = FixedPoint.Clamp(Math.Abs(across) + Math.Abs(down) >> 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in NeighbourRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        byte* a = row.Above + unit, m = row.Middle + unit, b = row.Below + unit;
        TWords aboveLeft = TLanes.LoadWide(a - 1), aboveRight = TLanes.LoadWide(a + 1), belowLeft = TLanes.LoadWide(b - 1), belowRight = TLanes.LoadWide(b + 1);
        TWords across = TLanes.ShiftLeft(TLanes.Subtract(TLanes.LoadWide(m + 1), TLanes.LoadWide(m - 1)), 1);
        TWords down = TLanes.ShiftLeft(TLanes.Subtract(TLanes.LoadWide(b), TLanes.LoadWide(a)), 1);
        TWords falling = TLanes.Subtract(belowRight, aboveLeft), rising = TLanes.Subtract(belowLeft, aboveRight);
        across = TLanes.Add(across, TLanes.Subtract(falling, rising));
        down = TLanes.Add(down, TLanes.Add(falling, rising));

        // |a| + |b| is the larger of |a + b| and |a - b|; half of that, clamped, is what the pack leaves of the four signs.
        TWords sum = TLanes.Add(across, down), difference = TLanes.Subtract(across, down), zero = TLanes.SplatWord(0);
        TWords one = TLanes.ClampToByte(TLanes.ShiftRight(sum, 1));
        TWords two = TLanes.ClampToByte(TLanes.ShiftRight(TLanes.Subtract(zero, sum), 1));
        TWords three = TLanes.ClampToByte(TLanes.ShiftRight(difference, 1));
        TWords four = TLanes.ClampToByte(TLanes.ShiftRight(TLanes.Subtract(zero, difference), 1));
        TLanes.StoreNarrow(row.Target + unit, Larger<TLanes, TBytes, TWords>(TLanes.Add(one, two), TLanes.Add(three, four)));
    }

    /// <summary>The larger of two words of 0 to 255: a, and what b has over it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Larger<TLanes, TBytes, TWords>(TWords a, TWords b)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged => TLanes.Add(a, TLanes.ClampToByte(TLanes.Subtract(b, a)));
}
