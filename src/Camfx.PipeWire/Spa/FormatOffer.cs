namespace Camfx.PipeWire.Spa;

/// <summary>Reads what a node offers as one <c>EnumFormat</c> parameter.</summary>
internal static class FormatOffer
{
    /// <summary>Reads it; false if it is no format of video.</summary>
    public static bool TryRead(PodReader pod, out OfferedFormat offer)
    {
        offer = default;
        if (pod.ObjectType != SpaConstants.ObjectFormat
            || !pod.TryGetProperty(SpaConstants.FormatMediaType, out PodReader type) || !type.TryGetId(out uint mediaType)
            || mediaType != SpaConstants.MediaTypeVideo
            || !pod.TryGetProperty(SpaConstants.FormatMediaSubtype, out PodReader subtype) || !subtype.TryGetId(out uint mediaSubtype))
            return false;

        uint format = 0, width = 0, height = 0, numerator = 0, denominator = 1;
        bool oneFormat = pod.TryGetProperty(SpaConstants.FormatVideoFormat, out PodReader id) && id.TryGetId(out format) && IsOne(id);
        bool oneSize = pod.TryGetProperty(SpaConstants.FormatVideoSize, out PodReader size) && size.TryGetRectangle(out width, out height) && IsOne(size);
        bool range = pod.TryGetProperty(SpaConstants.FormatVideoFramerate, out PodReader rate) && rate.TryGetFraction(out numerator, out denominator)
            && rate.Choice is SpaChoice.Range or SpaChoice.Step;
        bool raw = mediaSubtype == SpaConstants.MediaSubtypeRaw;
        offer = new OfferedFormat(
            raw, mediaSubtype == SpaConstants.MediaSubtypeMjpeg, format, oneFormat, (int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue),
            oneSize, denominator == 0 ? 0 : (double)numerator / denominator, range);
        return true;
    }

    /// <summary>Whether nothing is left to choose: no choice, or one among a single value.</summary>
    private static bool IsOne(PodReader value) => value.Choice == SpaChoice.None;
}
