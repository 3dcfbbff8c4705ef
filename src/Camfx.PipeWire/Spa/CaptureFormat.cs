using Camfx.Frames;

namespace Camfx.PipeWire.Spa;

/// <summary>A raw format as a consumer of a node's agrees upon it: any size and rate, and what its colours mean.</summary>
/// <param name="Format">The pixel format.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Matrix">What luma and chroma mean; BT.601 where the node does not say.</param>
/// <param name="Range">Which codes are black and white; limited where the node does not say.</param>
/// <param name="FramesPerSecond">The rate; 0 where there is none (a screen).</param>
internal readonly record struct CaptureFormat(
    PixelFormat Format, int Width, int Height, ColorMatrix Matrix, ColorRange Range, double FramesPerSecond)
{
    /// <summary>Formats asked for, in this order: planar ones need the least work. A format with an unused byte is read as the one with alpha.</summary>
    private static readonly uint[] s_wanted =
    [
        .. new[] { PixelFormat.I420, PixelFormat.Nv12, PixelFormat.Yuyv, PixelFormat.Uyvy }.Select(static format => PixelFormatInfo.Of(format).SpaId),
        SpaConstants.VideoFormatBgrx, SpaConstants.VideoFormatRgbx,
        .. new[] { PixelFormat.Bgra, PixelFormat.Rgba, PixelFormat.Bgr24, PixelFormat.Rgb24, PixelFormat.Gray8 }.Select(static format =>
            PixelFormatInfo.Of(format).SpaId),
    ];

    /// <summary>Writes what a consumer takes: every format, of one size or of any, at any rate.</summary>
    /// <param name="builder">Where.</param>
    /// <param name="width">Width in pixels that suits best.</param>
    /// <param name="height">Height in pixels, likewise.</param>
    /// <param name="anySize">Whether other sizes are taken, too.</param>
    public static void WriteWish(ref PodBuilder builder, int width, int height, bool anySize)
    {
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectFormat, SpaConstants.ParamEnumFormat);
        builder.Property(SpaConstants.FormatMediaType);
        builder.Id(SpaConstants.MediaTypeVideo);
        builder.Property(SpaConstants.FormatMediaSubtype);
        builder.Id(SpaConstants.MediaSubtypeRaw);
        builder.Property(SpaConstants.FormatVideoFormat);
        PodFrame formats = builder.BeginChoice(SpaChoice.Enum);
        builder.Id(s_wanted[0]);
        foreach (uint format in s_wanted) builder.Id(format);
        builder.End(formats);
        builder.Property(SpaConstants.FormatVideoSize);
        if (anySize)
        {
            PodFrame sizes = builder.BeginChoice(SpaChoice.Range);
            builder.Rectangle((uint)width, (uint)height);
            builder.Rectangle(1, 1);
            builder.Rectangle(FrameLayout.MaxDimension, FrameLayout.MaxDimension);
            builder.End(sizes);
        }
        else
        {
            builder.Rectangle((uint)width, (uint)height);
        }

        builder.Property(SpaConstants.FormatVideoFramerate);
        PodFrame rates = builder.BeginChoice(SpaChoice.Range);
        builder.Fraction(30, 1);
        builder.Fraction(0, 1);
        builder.Fraction(1000, 1);
        builder.End(rates);
        builder.End(frame);
    }

    /// <summary>Reads what was agreed upon; false if it is nothing that <see cref="WriteWish"/> asks for.</summary>
    public static bool TryRead(PodReader pod, out CaptureFormat format)
    {
        format = default;
        if (!FormatOffer.TryRead(pod, out OfferedFormat agreed) || !agreed.IsRaw || !s_wanted.Contains(agreed.SpaFormat)) return false;
        if (agreed.Width is < 1 or > FrameLayout.MaxDimension || agreed.Height is < 1 or > FrameLayout.MaxDimension) return false;
        PixelFormat pixels = agreed.SpaFormat switch
        {
            SpaConstants.VideoFormatBgrx => PixelFormat.Bgra,
            SpaConstants.VideoFormatRgbx => PixelFormat.Rgba,
            _ => agreed.Format,
        };
        bool full = pod.TryGetProperty(SpaConstants.FormatVideoColorRange, out PodReader range) && range.TryGetId(out uint code) && code == SpaConstants.ColorRangeFull;
        bool bt709 = pod.TryGetProperty(SpaConstants.FormatVideoColorMatrix, out PodReader matrix) && matrix.TryGetId(out uint id) && id == SpaConstants.ColorMatrixBt709;
        format = new CaptureFormat(
            pixels, agreed.Width, agreed.Height, bt709 ? ColorMatrix.Bt709 : ColorMatrix.Bt601, full ? ColorRange.Full : ColorRange.Limited, agreed.FramesPerSecond);
        return true;
    }
}
