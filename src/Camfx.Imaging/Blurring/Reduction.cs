using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Blurring;

/// <summary>A plane reduced by 2 or 4 each way, and where a row of its full size lies between the lines of the reduced one.</summary>
internal static unsafe class Reduction
{
    /// <summary>One line of a plane reduced by 4: <see cref="BlurSample"/>s. What the last ones lack at the edge, they do without.</summary>
    public static void Line4(byte* plane, int stride, int width, int height, int line, short* target)
    {
        PlaneRow row = Rows(plane, stride, height, line * 4);
        Traversal.Run<Reduce4Kernel, PlaneRow>(row, width / 4);
        if (width % 4 != 0) target[width / 4] = Last(row, width & ~3, width, rows: 4);

        PlaneRow Rows(byte* first, int distance, int rows, int y) => new()
        {
            Source0 = Row(first, distance, rows, y),
            Source1 = Row(first, distance, rows, y + 1),
            Source2 = Row(first, distance, rows, y + 2),
            Source3 = Row(first, distance, rows, y + 3),
            Target0 = (byte*)target,
        };
    }

    /// <summary>The same by 2.</summary>
    public static void Line2(byte* plane, int stride, int width, int height, int line, short* target)
    {
        PlaneRow row = new()
        {
            Source0 = Row(plane, stride, height, line * 2),
            Source1 = Row(plane, stride, height, line * 2 + 1),
            Target0 = (byte*)target,
        };
        Traversal.Run<Reduce2Kernel, PlaneRow>(row, width / 2);
        if (width % 2 != 0) target[width / 2] = Last(row, width & ~1, width, rows: 2);
    }

    /// <summary>
    /// The lines that a row lies between, and how far it is from the upper to the lower one (Q15). A line's middle is the middle of the rows it was made
    /// from; beyond the first and last line there is nothing to mix.
    /// </summary>
    public static (int Above, int Below, short Way) Between(int y, int factor, int lines)
    {
        int halves = 2 * y + 1 - factor, above = halves < 0 ? -1 : halves / (2 * factor);
        int way = (halves - above * 2 * factor) * (1 << 15) / (2 * factor);
        return (Math.Max(above, 0), Math.Min(above + 1, lines - 1), (short)way);
    }

    // Rows below the last one are like it.
    private static byte* Row(byte* plane, int stride, int height, int y) => plane + (nint)Math.Min(y, height - 1) * stride;

    /// <summary>The mean of the last columns, where they are fewer than become one.</summary>
    private static short Last(in PlaneRow row, int x, int width, int rows)
    {
        int sum = 0, count = (width - x) * rows;
        for (; x < width; x++)
        {
            sum += row.Source0[x] + row.Source1[x];
            if (rows == 4) sum += row.Source2[x] + row.Source3[x];
        }

        return (short)(((sum << BlurSample.Bits) + count / 2) / count);
    }
}
