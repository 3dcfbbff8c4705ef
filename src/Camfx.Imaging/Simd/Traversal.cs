using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Camfx.Imaging.Simd;

/// <summary>
/// Walks a row with a kernel: as many steps as fit at the widest width the machine has, then the narrower widths, then the scalar
/// form for what is left.
/// </summary>
/// <remarks>
/// Every entry to a loop is <see cref="MethodImplOptions.AggressiveOptimization"/>: code compiled ahead of time would be held to the oldest
/// processor, and the first-tier code of the runtime makes a call out of each vector operation, a hundred times slower, for as long as the first frames last.
/// Each width has a loop method of its own, so that the compiler's inlining budget holds for the heaviest kernel.
/// </remarks>
internal static unsafe class Traversal
{
    /// <summary>Handles units 0 to <paramref name="count"/> - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TKernel, TRow>(in TRow row, int count)
        where TKernel : struct, IKernel<TRow>
        where TRow : unmanaged
    {
        int done = 0;
        if (Lanes512.IsSupported && count >= TKernel.Step(64))
            done = Vectors<TKernel, TRow, Lanes512, Vector512<byte>, Vector512<short>>(row, done, count);
        if (Lanes256.IsSupported && count - done >= TKernel.Step(32))
            done = Vectors<TKernel, TRow, Lanes256, Vector256<byte>, Vector256<short>>(row, done, count);
        if (Lanes128.IsSupported)
        {
            if (count - done >= TKernel.Step(16))
                done = Vectors<TKernel, TRow, Lanes128, Vector128<byte>, Vector128<short>>(row, done, count);
        }
        else if (PortableLanes.IsSupported && count - done >= TKernel.Step(16))
        {
            done = Vectors<TKernel, TRow, PortableLanes, Vector128<byte>, Vector128<short>>(row, done, count);
        }

        if (done < count) Scalars<TKernel, TRow>(row, done, count);
    }

    /// <summary>The steps of one width; returns the first unit not handled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static int Vectors<TKernel, TRow, TLanes, TBytes, TWords>(in TRow row, int unit, int count)
        where TKernel : struct, IKernel<TRow>
        where TRow : unmanaged
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        // A copy nobody else can reach: the compiler may keep the pointers in registers although the kernel writes through some of them.
        TRow local = row;
        int step = TKernel.Step(TLanes.Width);
        int last = count - step;
        for (; unit <= last; unit += step) TKernel.Vector<TLanes, TBytes, TWords>(local, unit);
        return unit;
    }

    /// <summary>Units one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Scalars<TKernel, TRow>(in TRow row, int unit, int count)
        where TKernel : struct, IKernel<TRow>
        where TRow : unmanaged
    {
        TRow local = row;
        for (; unit < count; unit++) TKernel.Scalar(local, unit);
    }
}
