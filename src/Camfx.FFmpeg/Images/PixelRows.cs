using Camfx.FFmpeg.Conversion;
using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAvUtil;

namespace Camfx.FFmpeg;

/// <summary>
/// Single pictures between camfx's memory and libswscale. Its vector code reads and writes past the end of rows, so pictures pass through
/// frames of FFmpeg's own, which are padded; memory of camfx may end at a page that is not there.
/// </summary>
internal static unsafe class PixelRows
{
    /// <summary>Bytes of one row that are pixels.</summary>
    internal static int Length(PixelFormat format, int width, int plane) => format switch
    {
        PixelFormat.I420 or PixelFormat.I422 => plane == 0 ? width : (width + 1) / 2,
        PixelFormat.Nv12 => plane == 0 ? width : (width + 1) / 2 * 2,
        PixelFormat.Yuyv or PixelFormat.Uyvy => (width + 1) / 2 * 4,
        _ => width * PixelFormatInfo.Of(format).BytesPerPixel,
    };

    /// <summary>An FFmpeg frame of a size and format with memory of its own; the caller frees it.</summary>
    /// <exception cref="AvException">There is no memory.</exception>
    internal static AVFrame* Allocate(int width, int height, int format, string path)
    {
        AVFrame* frame = av_frame_alloc();
        if (frame == null) throw AvException.OutOfMemory(nameof(av_frame_alloc), path);
        frame->width = width;
        frame->height = height;
        frame->format = format;
        int error = av_frame_get_buffer(frame, 0);
        if (error >= 0) return frame;
        av_frame_free(&frame);
        throw AvException.FromCode(error, nameof(av_frame_get_buffer), path);
    }

    /// <summary>A padded copy of a picture; the caller frees it.</summary>
    /// <exception cref="AvException">There is no memory.</exception>
    internal static AVFrame* Copy(in FrameView view, string path)
    {
        AVFrame* frame = Allocate(view.Width, view.Height, PixelFormatMap.ToLibAv(view.Format), path);
        PixelFormatInfo info = PixelFormatInfo.Of(view.Format);
        for (int plane = 0; plane < info.PlaneCount; plane++)
        {
            int length = Length(view.Format, view.Width, plane);
            int rows = plane == 0 ? view.Height : view.Height + (1 << info.ChromaShiftY) - 1 >> info.ChromaShiftY;
            for (int y = 0; y < rows; y++)
                Buffer.MemoryCopy(view.Row(plane, y), (byte*)frame->data[plane] + (nint)y * frame->linesize[plane], length, length);
        }

        return frame;
    }
}
