using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvCodec;

namespace Camfx.FFmpeg;

/// <summary>Turns one picture into the bytes of a file. One packet of these encoders is a whole file; no muxer is needed.</summary>
internal static unsafe class ImageEncoder
{
    // libavcodec's scale for JPEG runs from 1 (best) to 31; 2 is about what others call quality 95.
    private const int JpegQuality = 2;

    /// <summary>Encodes a picture and writes the bytes to a stream.</summary>
    /// <exception cref="AvException">FFmpeg cannot encode it.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    internal static void Encode(in FrameView view, ImageFormat format, Stream output, string path)
    {
        bool isJpeg = format == ImageFormat.Jpeg;
        bool hasAlpha = view.Format is PixelFormat.Bgra or PixelFormat.Rgba;
        int pixelFormat = isJpeg ? AV_PIX_FMT_YUVJ420P : hasAlpha ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
        ColorRange sourceRange = PixelFormatInfo.Of(view.Format).IsYuv ? view.Range : ColorRange.Full;
        AVFrame* source = PixelRows.Copy(view, path);
        AVFrame* picture = null;
        try
        {
            picture = PixelRows.Allocate(view.Width, view.Height, pixelFormat, path);

            // JFIF says that a JPEG is BT.601 and full range, whatever the picture was.
            PictureScaler.Convert(source, view.Matrix, sourceRange, picture, ColorMatrix.Bt601, ColorRange.Full, path);
            picture->color_range = AVCOL_RANGE_JPEG;
            picture->quality = JpegQuality * FF_QP2LAMBDA;
            Encode(picture, isJpeg ? AV_CODEC_ID_MJPEG : AV_CODEC_ID_PNG, output, path);
        }
        finally
        {
            LibAvUtil.av_frame_free(&source);
            LibAvUtil.av_frame_free(&picture);
        }
    }

    private static void Encode(AVFrame* picture, int codecId, Stream output, string path)
    {
        AVCodec* codec = avcodec_find_encoder(codecId);
        if (codec == null)
            throw new AvException(
                AvFailure.NoCodec, nameof(avcodec_find_encoder), path, $"'{path}' cannot be written: this FFmpeg has no encoder for it; try .png or .jpg.");
        AVCodecContext* context = avcodec_alloc_context3(codec);
        AVPacket* packet = av_packet_alloc();
        try
        {
            if (context == null || packet == null) throw AvException.OutOfMemory(nameof(avcodec_alloc_context3), path);
            context->width = picture->width;
            context->height = picture->height;
            context->pix_fmt = picture->format;
            context->color_range = AVCOL_RANGE_JPEG;
            context->time_base = new AVRational { num = 1, den = 1 };
            context->thread_count = 1;
            context->flags |= AV_CODEC_FLAG_QSCALE;
            context->global_quality = picture->quality;
            Check(avcodec_open2(context, codec, null), nameof(avcodec_open2), path);
            Check(avcodec_send_frame(context, picture), nameof(avcodec_send_frame), path);
            Check(avcodec_send_frame(context, null), nameof(avcodec_send_frame), path);
            Check(avcodec_receive_packet(context, packet), nameof(avcodec_receive_packet), path);
            output.Write(new ReadOnlySpan<byte>(packet->data, packet->size));
        }
        finally
        {
            av_packet_free(&packet);
            avcodec_free_context(&context);
        }
    }

    private static void Check(int error, string operation, string path)
    {
        if (error < 0)
            throw new AvException(
                AvFailure.Other, operation, path, $"'{path}' could not be encoded: {AvException.Describe(error)} ({operation}).", error);
    }
}
