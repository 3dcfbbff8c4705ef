namespace Camfx.Frames.Queue;

/// <summary>
/// Whether planes lie inside their memory. One function for both sides: the producer's options and what a consumer reads from shared memory.
/// </summary>
/// <remarks>All arithmetic is 64-bit on values below 2^31, so nothing can overflow.</remarks>
internal static class LayoutCheck
{
    /// <summary>Null when every row of every plane lies within <paramref name="size"/> bytes, else what is wrong.</summary>
    public static string? Explain(in FrameLayout layout, long size) => Explain(layout, size, out _);

    /// <summary>As <see cref="Explain(in FrameLayout, long)"/>, and says where the last plane ends.</summary>
    public static string? Explain(in FrameLayout layout, long size, out long used)
    {
        used = 0;
        if (layout.Width is < 1 or > FrameLayout.MaxDimension || layout.Height is < 1 or > FrameLayout.MaxDimension)
            return $"is {layout.Width}x{layout.Height}, expected 1x1 to {FrameLayout.MaxDimension}x{FrameLayout.MaxDimension}";
        int planes = layout.PlaneCount;
        for (int plane = 0; plane < 3; plane++)
        {
            long offset = layout.Offset(plane), stride = layout.Stride(plane);
            if (plane >= planes)
            {
                if (offset != 0 || stride != 0) return $"gives plane {plane} a place, but the format has {planes}";
                continue;
            }

            long row = layout.RowBytes(plane);
            if (offset < 0 || stride < row) return $"gives plane {plane} offset {offset} and stride {stride}, but its rows have {row} bytes";
            long end = offset + stride * (layout.Rows(plane) - 1) + row;
            used = Math.Max(used, end);
            if (end > size) return $"ends plane {plane} at byte {end} of {size}";
        }

        return null;
    }
}
