using Camfx.Frames;

namespace Camfx.PipeWire.Spa;

/// <summary>A raw video format as PipeWire's parameters state it.</summary>
/// <param name="Format">The pixel format; <see cref="PixelFormat.Unknown"/> if camfx does not handle it.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="RateNumerator">Frames …</param>
/// <param name="RateDenominator">… in so many seconds.</param>
internal readonly record struct VideoFormat(PixelFormat Format, uint Width, uint Height, uint RateNumerator, uint RateDenominator)
{
    /// <summary>Reads a negotiated format parameter; false if it is no raw video format with one fixed size.</summary>
    public static bool TryRead(PodReader pod, out VideoFormat format)
    {
        format = default;
        if (pod.ObjectType != SpaConstants.ObjectFormat
            || !pod.TryGetProperty(SpaConstants.FormatMediaType, out PodReader type) || !type.TryGetId(out uint mediaType)
            || !pod.TryGetProperty(SpaConstants.FormatMediaSubtype, out PodReader subtype) || !subtype.TryGetId(out uint mediaSubtype)
            || mediaType != SpaConstants.MediaTypeVideo || mediaSubtype != SpaConstants.MediaSubtypeRaw
            || !pod.TryGetProperty(SpaConstants.FormatVideoFormat, out PodReader id) || !id.TryGetId(out uint spaFormat)
            || !pod.TryGetProperty(SpaConstants.FormatVideoSize, out PodReader size) || !size.TryGetRectangle(out uint width, out uint height))
            return false;

        // The rate is not mandatory: a consumer may leave it open.
        uint numerator = 0, denominator = 1;
        if (pod.TryGetProperty(SpaConstants.FormatVideoFramerate, out PodReader rate))
            rate.TryGetFraction(out numerator, out denominator);
        format = new VideoFormat(PixelFormatInfo.FromSpaId(spaFormat), width, height, numerator, denominator);
        return true;
    }

    /// <summary>
    /// Writes the format as a parameter with single fixed values: with ranges browsers do not list the camera (libwebrtc,
    /// device_info_pipewire.cc).
    /// </summary>
    public void Write(ref PodBuilder builder, uint paramId)
    {
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectFormat, paramId);
        builder.Property(SpaConstants.FormatMediaType);
        builder.Id(SpaConstants.MediaTypeVideo);
        builder.Property(SpaConstants.FormatMediaSubtype);
        builder.Id(SpaConstants.MediaSubtypeRaw);
        builder.Property(SpaConstants.FormatVideoFormat);
        builder.Id(PixelFormatInfo.Of(Format).SpaId);
        builder.Property(SpaConstants.FormatVideoSize);
        builder.Rectangle(Width, Height);
        builder.Property(SpaConstants.FormatVideoFramerate);
        builder.Fraction(RateNumerator, RateDenominator);
        builder.End(frame);
    }
}
