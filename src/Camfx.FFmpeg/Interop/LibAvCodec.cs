using System.Runtime.InteropServices;

namespace Camfx.FFmpeg.Interop;

/// <summary>libavcodec: decoders and encoders. The library is loaded by the first call, never before.</summary>
internal static unsafe partial class LibAvCodec
{
    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial AVCodec* avcodec_find_decoder(int id);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial AVCodec* avcodec_find_encoder(int id);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial AVCodecContext* avcodec_alloc_context3(AVCodec* codec);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial void avcodec_free_context(AVCodecContext** avctx);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial int avcodec_parameters_to_context(AVCodecContext* codec, AVCodecParameters* par);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial int avcodec_open2(AVCodecContext* avctx, AVCodec* codec, AVDictionary** options);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial void avcodec_flush_buffers(AVCodecContext* avctx);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial int avcodec_default_get_buffer2(AVCodecContext* s, AVFrame* frame, int flags);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial int avcodec_send_packet(AVCodecContext* avctx, AVPacket* avpkt);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial int avcodec_receive_frame(AVCodecContext* avctx, AVFrame* frame);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial int avcodec_send_frame(AVCodecContext* avctx, AVFrame* frame);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial int avcodec_receive_packet(AVCodecContext* avctx, AVPacket* avpkt);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial AVPacket* av_packet_alloc();

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial void av_packet_free(AVPacket** pkt);

    [LibraryImport(LibAv.CodecLibrary)]
    internal static partial void av_packet_unref(AVPacket* pkt);
}
