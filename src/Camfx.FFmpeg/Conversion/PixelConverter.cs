using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvUtil;
using static Camfx.FFmpeg.Interop.LibSwScale;

namespace Camfx.FFmpeg.Conversion;

/// <summary>
/// Turns frames of the many formats camfx has no kernels for (10 bit, 4:4:4, palettes, planar RGB…) into one it has, at the same size, through
/// libswscale. The scaler and the memory are kept from frame to frame: each result comes from a pool, and goes back to it with its last reference.
/// </summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class PixelConverter : IDisposable
{
    private readonly FramePool _pool = new();
    private SwsContext* _scaler;

    /// <summary>I420, or BGRA when the format has an alpha channel that would be lost.</summary>
    internal static int TargetFormat(int sourceFormat)
    {
        AVPixFmtDescriptor* descriptor = av_pix_fmt_desc_get(sourceFormat);
        bool hasAlpha = descriptor != null && (descriptor->flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
        return hasAlpha ? AV_PIX_FMT_BGRA : AV_PIX_FMT_YUV420P;
    }

    /// <summary>Converts <paramref name="source"/> into <paramref name="target"/>, which must be empty and takes a reference to pooled memory.</summary>
    /// <param name="source">Any software frame.</param>
    /// <param name="target">An <c>AVFrame</c> without buffers.</param>
    /// <param name="format"><see cref="AV_PIX_FMT_YUV420P"/> or <see cref="AV_PIX_FMT_BGRA"/>.</param>
    /// <returns>0 or a negative error code.</returns>
    internal int Convert(AVFrame* source, AVFrame* target, int format)
    {
        int error = Prepare(source, format);
        if (error < 0) return error;
        error = _pool.Allocate(target, source->width, source->height, format);
        if (error < 0) return error;

        target->colorspace = source->colorspace;
        target->color_range = FrameColors.Range(source) == ColorRange.Full && !IsRgb(source->format) ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
        target->best_effort_timestamp = source->best_effort_timestamp;
        target->flags = source->flags;
        target->decode_error_flags = source->decode_error_flags;
        target->duration = source->duration;
        int rows = sws_scale(
            _scaler, (byte**)source->data, source->linesize, 0, source->height, (byte**)target->data, target->linesize);
        return rows == source->height ? 0 : AVERROR_INVALIDDATA;
    }

    /// <summary>Gives the scaler and the free memory back; frames that still hold pooled memory keep it.</summary>
    public void Dispose()
    {
        sws_freeContext(_scaler);
        _scaler = null;
        _pool.Dispose();
    }

    private int Prepare(AVFrame* source, int format)
    {
        // Without FULL_CHR_H_INP the last chroma column of an odd width is averaged with bytes behind the row.
        // A changed size or format gives a new scaler here; the same one costs a comparison.
        SwsContext* scaler = sws_getCachedContext(
            _scaler, source->width, source->height, source->format, source->width, source->height, format,
            SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, 0, 0, null);
        bool changed = scaler != _scaler;
        _scaler = scaler;
        if (scaler == null) return AVERROR_INVALIDDATA;
        if (!changed) return 0;

        int* matrix = sws_getCoefficients(FrameColors.Matrix(source) == ColorMatrix.Bt709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
        int range = FrameColors.Range(source) == ColorRange.Full ? 1 : 0;

        // YUV keeps its matrix and range, which are carried along; RGB becomes limited YUV of the matrix its size stands for.
        int targetRange = format == AV_PIX_FMT_BGRA ? 1 : IsRgb(source->format) ? 0 : range;
        _ = sws_setColorspaceDetails(scaler, matrix, range, matrix, targetRange, 0, 1 << 16, 1 << 16);
        return 0;
    }

    private static bool IsRgb(int format)
    {
        AVPixFmtDescriptor* descriptor = av_pix_fmt_desc_get(format);
        return descriptor != null && (descriptor->flags & AV_PIX_FMT_FLAG_RGB) != 0;
    }
}
