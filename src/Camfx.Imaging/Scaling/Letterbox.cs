using Camfx.Frames;

namespace Camfx.Imaging;

/// <summary>Fits a picture into a frame of another shape, with black bars where nothing is left to show.</summary>
/// <remarks>Thread-safe; allocates nothing.</remarks>
public static class Letterbox
{
    /// <summary>
    /// The largest centred rectangle of the source's shape. Position and size are even, so that it cuts no chroma sample; where it
    /// would leave a single row or column, it takes the whole frame.
    /// </summary>
    /// <param name="sourceWidth">Width of the picture, at least 1.</param>
    /// <param name="sourceHeight">Height of the picture, at least 1.</param>
    /// <param name="targetWidth">Width of the frame, at least 1.</param>
    /// <param name="targetHeight">Height of the frame, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public static PixelRectangle Fit(int sourceWidth, int sourceHeight, int targetWidth, int targetHeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetHeight, 1);
        long widthAtFullHeight = ((long)sourceWidth * targetHeight + sourceHeight / 2) / sourceHeight;
        long heightAtFullWidth = ((long)sourceHeight * targetWidth + sourceWidth / 2) / sourceWidth;
        int width = Side(Math.Min(widthAtFullHeight, targetWidth), targetWidth);
        int height = Side(Math.Min(heightAtFullWidth, targetHeight), targetHeight);
        return new PixelRectangle((targetWidth - width) / 4 * 2, (targetHeight - height) / 4 * 2, width, height);
    }

    /// <summary>Paints everything outside <paramref name="picture"/> black.</summary>
    /// <param name="target">Any format with pixels.</param>
    /// <param name="picture">What <see cref="Fit"/> gave for this frame.</param>
    /// <exception cref="ArgumentException">The rectangle leaves the frame or cuts a chroma sample.</exception>
    public static void FillBars(in FrameView target, in PixelRectangle picture)
    {
        Bar(target, 0, 0, target.Width, picture.Y);
        Bar(target, 0, picture.Bottom, target.Width, target.Height - picture.Bottom);
        Bar(target, 0, picture.Y, picture.X, picture.Height);
        Bar(target, picture.Right, picture.Y, target.Width - picture.Right, picture.Height);
    }

    private static int Side(long wanted, int available)
    {
        // Within one pixel of the whole side a bar would be a flickering line.
        if (available - wanted < 2) return available;
        return Math.Min(available, Math.Max(2, (int)((wanted + 1) / 2 * 2)));
    }

    private static void Bar(in FrameView target, int x, int y, int width, int height)
    {
        if (width > 0 && height > 0) Fill.Black(Region.Of(target, new PixelRectangle(x, y, width, height)));
    }
}
