using Camfx.Configuration;

namespace Camfx.Effects.Image;

/// <summary>How large a picture is shown: by a factor, or as large as fits a box; always in its own proportions.</summary>
/// <param name="Scale">Factor of the file's size; null where a box is given or nothing is.</param>
/// <param name="BoxWidth">Greatest width in pixels.</param>
/// <param name="BoxHeight">Greatest height in pixels.</param>
/// <param name="MayGrow">Whether a smaller picture is made larger, to fill the box.</param>
internal readonly record struct PictureSize(double? Scale, int BoxWidth, int BoxHeight, bool MayGrow)
{
    // Room for what reaches over the edges, and no more memory than a few of the largest frames.
    private const int LargestSide = 8192;

    /// <exception cref="CamfxException">A value that cannot be taken.</exception>
    public static PictureSize From(EffectValues values, CameraMode mode)
    {
        bool hasWidth = values.Text("width").Length > 0, hasHeight = values.Text("height").Length > 0;
        if (values.IsGiven("scale"))
        {
            return hasWidth || hasHeight
                ? throw CamfxException.Usage("The effect 'image' takes either scale or width and height; leave one of them out.")
                : new PictureSize(values.Number("scale"), LargestSide, LargestSide, MayGrow: false);
        }

        if (!hasWidth && !hasHeight) return new PictureSize(null, mode.Width, mode.Height, MayGrow: false);
        int width = hasWidth ? Side(values, "width", mode.Width) : LargestSide;
        int height = hasHeight ? Side(values, "height", mode.Height) : LargestSide;
        return new PictureSize(null, width, height, MayGrow: true);
    }

    /// <summary>The size of a picture that is <paramref name="width"/> x <paramref name="height"/> in its file; at least 1x1.</summary>
    public (int Width, int Height) Of(int width, int height)
    {
        double fit = Math.Min((double)BoxWidth / width, (double)BoxHeight / height);
        double factor = Scale is double scale ? Math.Min(scale, fit) : MayGrow ? fit : Math.Min(1, fit);
        return (Math.Max(1, (int)Math.Round(width * factor)), Math.Max(1, (int)Math.Round(height * factor)));
    }

    private static int Side(EffectValues values, string key, int whole) =>
        values.Extent(key).Pixels(whole) is >= 1 and <= LargestSide and int pixels ? pixels : throw values.Refuse(key);
}
