using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;

namespace Camfx.FFmpeg.Conversion;

/// <summary>What a decoded frame's codes mean, in camfx's two matrices and two ranges.</summary>
internal static unsafe class FrameColors
{
    /// <summary>
    /// The frame's matrix. BT.2020 and SMPTE 240M count as BT.709, whose weights are the nearest of the two. A stream that does not say is judged by
    /// its size, as players do: high definition (over 576 lines, or 1280 and more wide: a letter-boxed film may have few lines) was made with BT.709.
    /// </summary>
    internal static ColorMatrix Matrix(AVFrame* frame) => frame->colorspace switch
    {
        AVCOL_SPC_BT709 or AVCOL_SPC_SMPTE240M or AVCOL_SPC_BT2020_NCL or AVCOL_SPC_BT2020_CL => ColorMatrix.Bt709,
        AVCOL_SPC_FCC or AVCOL_SPC_BT470BG or AVCOL_SPC_SMPTE170M => ColorMatrix.Bt601,
        _ => frame->height > 576 || frame->width >= 1280 ? ColorMatrix.Bt709 : ColorMatrix.Bt601,
    };

    /// <summary>
    /// The frame's range. The yuvj formats are full by definition; RGB and grey are full unless the stream says otherwise, as in libswscale; other
    /// YUV that does not say is limited.
    /// </summary>
    internal static ColorRange Range(AVFrame* frame) => frame->color_range switch
    {
        AVCOL_RANGE_JPEG => ColorRange.Full,
        AVCOL_RANGE_MPEG => ColorRange.Limited,
        _ => IsFullByNature(frame->format) ? ColorRange.Full : ColorRange.Limited,
    };

    private static bool IsFullByNature(int format)
    {
        if (format is AV_PIX_FMT_YUVJ420P or AV_PIX_FMT_YUVJ422P or AV_PIX_FMT_YUVJ444P or AV_PIX_FMT_YUVJ440P or AV_PIX_FMT_GRAY8) return true;
        AVPixFmtDescriptor* descriptor = LibAvUtil.av_pix_fmt_desc_get(format);
        return descriptor != null && (descriptor->flags & AV_PIX_FMT_FLAG_RGB) != 0;
    }
}
