using Camfx.Frames;

namespace Camfx.Cairo;

/// <summary>
/// Scales pictures that have transparent parts. Colours are weighted by their alpha, so no colour of what cannot be seen bleeds into edges.
/// </summary>
/// <remarks>Thread-safe. Meant for pictures that are loaded once; frames are scaled by Camfx.Imaging.</remarks>
public static class PictureScaler
{
    /// <summary>Draws a picture in another size.</summary>
    /// <param name="picture">Straight-alpha BGRA.</param>
    /// <param name="width">1 to <see cref="FrameLayout.MaxDimension"/> pixels.</param>
    /// <param name="height">1 to <see cref="FrameLayout.MaxDimension"/> pixels.</param>
    /// <returns>A straight-alpha BGRA picture, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The picture is not BGRA.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range.</exception>
    /// <exception cref="DrawingException">Cairo is missing.</exception>
    public static FrameBuffer Scale(in FrameView picture, int width, int height)
    {
        if (picture.Format != PixelFormat.Bgra)
            throw new ArgumentException($"Only BGRA pictures are scaled here; got {picture.Format}.", nameof(picture));
        FrameBuffer scaled = New(width, height);
        try
        {
            using FrameBuffer premultiplied = New(picture.Width, picture.Height);
            Premultiplied.FromStraight(picture, premultiplied.View);
            using (Canvas source = new(premultiplied.View))
            using (Canvas target = new(scaled.View))
            {
                target.Fill(source, (double)width / picture.Width, (double)height / picture.Height);
                target.Finish();
            }

            Premultiplied.ToStraight(scaled.View);
            return scaled;
        }
        catch (DllNotFoundException cause)
        {
            scaled.Dispose();
            throw DrawingException.Missing(cause);
        }
        catch
        {
            scaled.Dispose();
            throw;
        }
    }

    private static FrameBuffer New(int width, int height) =>
        new(FrameLayout.Packed(PixelFormat.Bgra, width, height), ColorMatrix.Bt709, ColorRange.Full);
}
