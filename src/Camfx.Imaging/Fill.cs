using Camfx.Frames;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;

namespace Camfx.Imaging;

/// <summary>Sets whole frames to one colour.</summary>
/// <remarks>Thread-safe; allocates nothing.</remarks>
public static unsafe class Fill
{
    /// <summary>Makes a frame black, in the black of its range.</summary>
    /// <param name="view">Any format with pixels; alpha becomes opaque.</param>
    /// <exception cref="ArgumentException">The format has no pixels in rows (MJPEG).</exception>
    public static void Black(in FrameView view)
    {
        if (PixelFormatInfo.Of(view.Format).IsYuv) Solid(view, (byte)ColorWeights.LumaOffset(view.Range), 128, 128);
        else Solid(view, 0, 0, 0);
    }

    /// <summary>Sets every pixel.</summary>
    /// <param name="view">Any format with pixels.</param>
    /// <param name="first">Y, or red in an RGB format.</param>
    /// <param name="second">U, or green. Ignored in GRAY8.</param>
    /// <param name="third">V, or blue. Ignored in GRAY8.</param>
    /// <exception cref="ArgumentException">The format has no pixels in rows (MJPEG).</exception>
    public static void Solid(in FrameView view, byte first, byte second, byte third)
    {
        switch (view.Format)
        {
            case PixelFormat.I420 or PixelFormat.I422:
                Plane(view, 0, first);
                Plane(view, 1, second);
                Plane(view, 2, third);
                break;
            case PixelFormat.Nv12:
                Plane(view, 0, first);
                Pattern(view, 1, [second, third]);
                break;
            case PixelFormat.Gray8:
                Plane(view, 0, first);
                break;
            case PixelFormat.Yuyv:
                Pattern(view, 0, [first, second, first, third]);
                break;
            case PixelFormat.Uyvy:
                Pattern(view, 0, [second, first, third, first]);
                break;
            case PixelFormat.Bgra:
                Pattern(view, 0, [third, second, first, 255]);
                break;
            case PixelFormat.Rgba:
                Pattern(view, 0, [first, second, third, 255]);
                break;
            case PixelFormat.Bgr24:
                Pattern(view, 0, [third, second, first]);
                break;
            case PixelFormat.Rgb24:
                Pattern(view, 0, [first, second, third]);
                break;
            default:
                throw new ArgumentException($"A {view.Format} frame has no pixels in rows, so it cannot be filled.", nameof(view));
        }
    }

    private static void Plane(in FrameView view, int plane, byte value) => PlaneCopy.Fill(
        view.Plane(plane), view.Stride(plane), value,
        PlaneGeometry.RowBytes(view.Format, view.Width, plane), PlaneGeometry.Rows(view.Format, view.Height, plane));

    /// <summary>Writes the first row by doubling what is there already, and copies it to the others.</summary>
    private static void Pattern(in FrameView view, int plane, ReadOnlySpan<byte> pattern)
    {
        int bytes = PlaneGeometry.RowBytes(view.Format, view.Width, plane);
        Span<byte> row = new(view.Plane(plane), bytes);
        pattern.CopyTo(row);
        for (int done = pattern.Length; done < bytes; done *= 2) row[..Math.Min(done, bytes - done)].CopyTo(row[done..]);
        for (int y = 1; y < PlaneGeometry.Rows(view.Format, view.Height, plane); y++)
            row.CopyTo(new Span<byte>(view.Row(plane, y), bytes));
    }
}
