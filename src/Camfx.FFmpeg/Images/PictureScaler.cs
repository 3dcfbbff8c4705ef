using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibSwScale;

namespace Camfx.FFmpeg;

/// <summary>Changes one picture's format through libswscale, in the best quality it has.</summary>
internal static unsafe class PictureScaler
{
    /// <summary>Converts between frames of one size.</summary>
    /// <exception cref="AvException">libswscale does not take the formats.</exception>
    internal static void Convert(
        AVFrame* source, ColorMatrix sourceMatrix, ColorRange sourceRange,
        AVFrame* target, ColorMatrix targetMatrix, ColorRange targetRange, string path)
    {
        SwsContext* scaler = sws_getCachedContext(
            null, source->width, source->height, source->format, target->width, target->height, target->format,
            SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, 0, 0, null);
        if (scaler == null) throw AvException.FromCode(AVERROR_INVALIDDATA, nameof(sws_getCachedContext), path);
        try
        {
            _ = sws_setColorspaceDetails(
                scaler, Coefficients(sourceMatrix), Full(sourceRange), Coefficients(targetMatrix), Full(targetRange), 0, 1 << 16, 1 << 16);
            int rows = sws_scale(
                scaler, (byte**)source->data, source->linesize, 0, source->height, (byte**)target->data, target->linesize);
            if (rows != target->height) throw AvException.FromCode(AVERROR_INVALIDDATA, nameof(sws_scale), path);
        }
        finally
        {
            sws_freeContext(scaler);
        }
    }

    private static int* Coefficients(ColorMatrix matrix) => sws_getCoefficients(matrix == ColorMatrix.Bt709 ? SWS_CS_ITU709 : SWS_CS_ITU601);

    private static int Full(ColorRange range) => range == ColorRange.Full ? 1 : 0;
}
