using Camfx.Frames;

namespace Camfx.Helper.Placeholder;

/// <summary>Puts rows of 0xRRGGBB pixels into a frame of any raw format: BT.601, limited range, as a plain V4L2 camera has it.</summary>
/// <remarks>Scalar: a card is drawn when its text changes, not for each frame.</remarks>
internal static unsafe class RowPacker
{
    /// <summary>Packs two rows; at the end of a picture of odd height the second is the first again and is not stored.</summary>
    /// <param name="target">The frame.</param>
    /// <param name="y">The upper row, even.</param>
    /// <param name="upper">Its pixels.</param>
    /// <param name="lower">The pixels of the row below.</param>
    public static void Pack(in FrameView target, int y, ReadOnlySpan<uint> upper, ReadOnlySpan<uint> lower)
    {
        PackRow(target, y, upper);
        if (y + 1 < target.Height) PackRow(target, y + 1, lower);
        switch (target.Format)
        {
            case PixelFormat.I420:
                PlanarChroma(target, y / 2, upper, lower);
                break;
            case PixelFormat.Nv12:
                byte* pair = target.Row(1, y / 2);
                for (int x = 0; x < target.Width; x += 2, pair += 2) (pair[0], pair[1]) = Chroma(Average(upper, lower, x));
                break;
            case PixelFormat.I422:
                PlanarChroma(target, y, upper, upper);
                if (y + 1 < target.Height) PlanarChroma(target, y + 1, lower, lower);
                break;
        }
    }

    private static void PackRow(in FrameView target, int y, ReadOnlySpan<uint> row)
    {
        byte* to = target.Row(0, y);
        switch (target.Format)
        {
            case PixelFormat.Yuyv:
                Pairs(to, row, luma: 0);
                break;
            case PixelFormat.Uyvy:
                Pairs(to, row, luma: 1);
                break;
            case PixelFormat.Bgra:
                Colors(to, row, size: 4, red: 2, blue: 0);
                break;
            case PixelFormat.Rgba:
                Colors(to, row, size: 4, red: 0, blue: 2);
                break;
            case PixelFormat.Bgr24:
                Colors(to, row, size: 3, red: 2, blue: 0);
                break;
            case PixelFormat.Rgb24:
                Colors(to, row, size: 3, red: 0, blue: 2);
                break;
            default:
                for (int x = 0; x < row.Length; x++) to[x] = Luma(row[x]);
                break;
        }
    }

    private static void Colors(byte* to, ReadOnlySpan<uint> row, int size, int red, int blue)
    {
        foreach (uint pixel in row)
        {
            to[red] = (byte)(pixel >> 16);
            to[1] = (byte)(pixel >> 8);
            to[blue] = (byte)pixel;
            if (size == 4) to[3] = 0xff;
            to += size;
        }
    }

    private static void Pairs(byte* to, ReadOnlySpan<uint> row, int luma)
    {
        int chroma = 1 - luma;
        for (int x = 0; x < row.Length; x += 2, to += 4)
        {
            to[luma] = Luma(row[x]);
            to[luma + 2] = Luma(row[Math.Min(x + 1, row.Length - 1)]);
            (to[chroma], to[chroma + 2]) = Chroma(Average(row, row, x));
        }
    }

    private static void PlanarChroma(in FrameView target, int y, ReadOnlySpan<uint> upper, ReadOnlySpan<uint> lower)
    {
        byte* blue = target.Row(1, y);
        byte* red = target.Row(2, y);
        for (int x = 0; x < target.Width; x += 2) (*blue++, *red++) = Chroma(Average(upper, lower, x));
    }

    private static uint Average(ReadOnlySpan<uint> upper, ReadOnlySpan<uint> lower, int x)
    {
        int next = Math.Min(x + 1, upper.Length - 1);
        uint a = upper[x], b = upper[next], c = lower[x], d = lower[next];
        uint even = ((a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff) + 0x020002) >> 2 & 0xff00ff;
        uint green = ((a >> 8 & 0xff) + (b >> 8 & 0xff) + (c >> 8 & 0xff) + (d >> 8 & 0xff) + 2) >> 2;
        return even | green << 8;
    }

    // ITU-R BT.601, limited range, in 1/256.
    private static byte Luma(uint pixel) =>
        (byte)((66 * (pixel >> 16 & 0xff) + 129 * (pixel >> 8 & 0xff) + 25 * (pixel & 0xff) + 128 >> 8) + 16);

    private static (byte Blue, byte Red) Chroma(uint pixel)
    {
        int red = (int)(pixel >> 16 & 0xff), green = (int)(pixel >> 8 & 0xff), blue = (int)(pixel & 0xff);
        return ((byte)((-38 * red - 74 * green + 112 * blue + 128 >> 8) + 128), (byte)((112 * red - 94 * green - 18 * blue + 128 >> 8) + 128));
    }
}
