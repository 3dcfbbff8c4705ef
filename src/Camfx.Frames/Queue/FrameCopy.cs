namespace Camfx.Frames.Queue;

/// <summary>Copies pixels between two views of one format and size.</summary>
internal static unsafe class FrameCopy
{
    /// <exception cref="ArgumentException">Format or size differ.</exception>
    public static void Copy(in FrameView source, in FrameView destination)
    {
        if (source.Format != destination.Format || source.Width != destination.Width || source.Height != destination.Height)
            throw new ArgumentException(
                $"The destination is {destination.Width}x{destination.Height} {destination.Format}, expected {source.Width}x{source.Height} "
                + $"{source.Format}.", nameof(destination));
        var layout = new FrameLayout(source.Format, source.Width, source.Height, 0, 0);
        for (int plane = 0; plane < layout.PlaneCount; plane++)
        {
            long row = layout.RowBytes(plane);
            int rows = layout.Rows(plane);
            if (source.Stride(plane) == row && destination.Stride(plane) == row)
            {
                Buffer.MemoryCopy(source.Plane(plane), destination.Plane(plane), row * rows, row * rows);
                continue;
            }

            for (int y = 0; y < rows; y++) Buffer.MemoryCopy(source.Row(plane, y), destination.Row(plane, y), row, row);
        }
    }
}
