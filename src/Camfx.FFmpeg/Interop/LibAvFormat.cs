using System.Runtime.InteropServices;

namespace Camfx.FFmpeg.Interop;

/// <summary>libavformat: containers and protocols. The library is loaded by the first call, never before.</summary>
internal static unsafe partial class LibAvFormat
{
    [LibraryImport(LibAv.FormatLibrary)]
    internal static partial AVFormatContext* avformat_alloc_context();

    [LibraryImport(LibAv.FormatLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial AVInputFormat* av_find_input_format(string short_name);

    /// <summary>On failure it frees the context itself and sets <paramref name="ps"/> to null.</summary>
    [LibraryImport(LibAv.FormatLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int avformat_open_input(AVFormatContext** ps, string url, AVInputFormat* fmt, AVDictionary** options);

    [LibraryImport(LibAv.FormatLibrary)]
    internal static partial int avformat_find_stream_info(AVFormatContext* ic, AVDictionary** options);

    [LibraryImport(LibAv.FormatLibrary)]
    internal static partial void avformat_close_input(AVFormatContext** s);

    [LibraryImport(LibAv.FormatLibrary)]
    internal static partial int av_find_best_stream(
        AVFormatContext* ic, int type, int wanted_stream_nb, int related_stream, AVCodec** decoder_ret, int flags);

    [LibraryImport(LibAv.FormatLibrary)]
    internal static partial int av_read_frame(AVFormatContext* s, AVPacket* pkt);

    [LibraryImport(LibAv.FormatLibrary)]
    internal static partial int av_seek_frame(AVFormatContext* s, int stream_index, long timestamp, int flags);

    [LibraryImport(LibAv.FormatLibrary)]
    internal static partial AVRational av_guess_frame_rate(AVFormatContext* ctx, AVStream* stream, AVFrame* frame);

    [LibraryImport(LibAv.FormatLibrary)]
    internal static partial AVRational av_guess_sample_aspect_ratio(AVFormatContext* format, AVStream* stream, AVFrame* frame);
}
