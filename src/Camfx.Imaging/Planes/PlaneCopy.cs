using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Planes;

/// <summary>Copies rectangles of bytes.</summary>
internal static unsafe class PlaneCopy
{
    /// <summary>Copies rows of <paramref name="bytes"/> bytes; in one piece where no gaps lie between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(byte* source, int sourceStride, byte* target, int targetStride, int bytes, int rows)
    {
        if (sourceStride == bytes && targetStride == bytes)
        {
            Unsafe.CopyBlockUnaligned(target, source, checked((uint)((long)bytes * rows)));
            return;
        }

        for (int y = 0; y < rows; y++)
            Unsafe.CopyBlockUnaligned(target + (nint)y * targetStride, source + (nint)y * sourceStride, (uint)bytes);
    }

    /// <summary>Sets rows of <paramref name="bytes"/> bytes to one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(byte* target, int stride, byte value, int bytes, int rows)
    {
        if (stride == bytes)
        {
            Unsafe.InitBlockUnaligned(target, value, checked((uint)((long)bytes * rows)));
            return;
        }

        for (int y = 0; y < rows; y++) Unsafe.InitBlockUnaligned(target + (nint)y * stride, value, (uint)bytes);
    }
}
