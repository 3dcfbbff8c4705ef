/*
 * Prints LibAv.g.cs: the parts of FFmpeg's ABI that differ between releases, as the installed headers have them. The build compiles and runs
 * this before the C# code, so an offset is never typed by hand and Debian 12 (FFmpeg 5.1) and Debian 13 (7.1) build from the same sources.
 *
 * Every field is given with the C# type the binding uses. A type of another size than the C field's ends the build here.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/display.h>
#include <libavutil/error.h>
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

static size_t csharp_size(const char *type)
{
    if (type[strlen(type) - 1] == '*' || !strcmp(type, "nint") || !strcmp(type, "ulong") || !strcmp(type, "long"))
        return 8;
    if (!strcmp(type, "int") || !strcmp(type, "uint"))
        return 4;
    if (!strcmp(type, "byte"))
        return 1;
    if (!strcmp(type, "AVRational"))
        return sizeof(AVRational);
    if (!strcmp(type, "AVIOInterruptCB"))
        return sizeof(AVIOInterruptCB);
    fprintf(stderr, "probe.c: no size is known for the C# type '%s'\n", type);
    exit(1);
}

static void print_field(const char *owner, const char *name, const char *type, size_t offset, size_t size)
{
    if (csharp_size(type) != size) {
        fprintf(stderr, "probe.c: %s.%s has %zu bytes in the installed headers, but its C# type '%s' has %zu\n",
                owner, name, size, type, csharp_size(type));
        exit(1);
    }
    printf("    [FieldOffset(%zu)] public %s %s;\n", offset, type, name);
}

static void print_array(const char *owner, const char *name, const char *type, size_t offset, size_t size, size_t count)
{
    if (csharp_size(type) * count != size) {
        fprintf(stderr, "probe.c: %s.%s has %zu bytes in the installed headers, but %s[%zu] in C# has %zu\n",
                owner, name, size, type, count, csharp_size(type) * count);
        exit(1);
    }
    printf("    [FieldOffset(%zu)] public fixed %s %s[%zu];\n", offset, type, name, count);
}

#define SIZE_OF(owner, member) sizeof(((owner *)0)->member)
#define BEGIN(owner) \
    printf("\n[StructLayout(LayoutKind.Explicit, Size = %zu)]\ninternal unsafe struct " #owner "\n{\n", sizeof(owner))
#define FIELD(owner, type, member) print_field(#owner, #member, type, offsetof(owner, member), SIZE_OF(owner, member))
#define FIELD_AS(owner, type, name, member) print_field(#owner, name, type, offsetof(owner, member), SIZE_OF(owner, member))
#define ARRAY(owner, type, member, count) \
    print_array(#owner, #member, type, offsetof(owner, member), SIZE_OF(owner, member), count)
#define END() puts("}")

#define INT(name) printf("    public const int %s = %d;\n", #name, (int)(name))
#define LONG(name) printf("    public const long %s = %" PRId64 ";\n", #name, (int64_t)(name))
#define SONAME(name, library, major) printf("    public const string %s = \"lib%s.so.%d\";\n", name, library, major)

static void print_constants(void)
{
    puts("\n/// <summary>Constants of FFmpeg's headers and the sonames that belong to them.</summary>");
    puts("internal static class LibAv\n{");
    SONAME("FormatLibrary", "avformat", LIBAVFORMAT_VERSION_MAJOR);
    SONAME("CodecLibrary", "avcodec", LIBAVCODEC_VERSION_MAJOR);
    SONAME("UtilLibrary", "avutil", LIBAVUTIL_VERSION_MAJOR);
    SONAME("ScaleLibrary", "swscale", LIBSWSCALE_VERSION_MAJOR);
    SONAME("FilterLibrary", "avfilter", LIBAVFILTER_VERSION_MAJOR);
    puts("");
    LONG(AV_NOPTS_VALUE);
    INT(AV_TIME_BASE);
    INT(AV_ERROR_MAX_STRING_SIZE);
    INT(AVERROR_EOF);
    INT(AVERROR_EXIT);
    INT(AVERROR_INVALIDDATA);
    INT(AVERROR_DECODER_NOT_FOUND);
    INT(AVERROR_DEMUXER_NOT_FOUND);
    INT(AVERROR_PROTOCOL_NOT_FOUND);
    INT(AVERROR_STREAM_NOT_FOUND);
    INT(AV_LOG_QUIET);
    INT(AV_ROUND_DOWN);
    puts("");
    INT(AVMEDIA_TYPE_VIDEO);
    INT(AV_DISPOSITION_ATTACHED_PIC);
    INT(AVDISCARD_DEFAULT);
    INT(AVDISCARD_ALL);
    INT(AVSEEK_FLAG_BACKWARD);
    INT(AV_CODEC_FLAG_QSCALE);
    INT(AV_CODEC_FLAG_LOW_DELAY);
    INT(AV_EF_EXPLODE);
    INT(FF_QP2LAMBDA);
    INT(FF_THREAD_FRAME);
    INT(FF_THREAD_SLICE);
    INT(AV_PKT_FLAG_KEY);
    INT(AV_FRAME_FLAG_CORRUPT);
    INT(AV_PKT_DATA_DISPLAYMATRIX);
    INT(AV_FRAME_DATA_DISPLAYMATRIX);
    puts("");
    INT(AVCOL_RANGE_MPEG);
    INT(AVCOL_RANGE_JPEG);
    INT(AVCOL_SPC_RGB);
    INT(AVCOL_SPC_BT709);
    INT(AVCOL_SPC_UNSPECIFIED);
    INT(AVCOL_SPC_FCC);
    INT(AVCOL_SPC_BT470BG);
    INT(AVCOL_SPC_SMPTE170M);
    INT(AVCOL_SPC_SMPTE240M);
    INT(AVCOL_SPC_BT2020_NCL);
    INT(AVCOL_SPC_BT2020_CL);
    puts("");
    INT(AV_PIX_FMT_NONE);
    INT(AV_PIX_FMT_YUV420P);
    INT(AV_PIX_FMT_YUVJ420P);
    INT(AV_PIX_FMT_YUV422P);
    INT(AV_PIX_FMT_YUVJ422P);
    INT(AV_PIX_FMT_YUVJ440P);
    INT(AV_PIX_FMT_YUVJ444P);
    INT(AV_PIX_FMT_NV12);
    INT(AV_PIX_FMT_YUYV422);
    INT(AV_PIX_FMT_UYVY422);
    INT(AV_PIX_FMT_BGRA);
    INT(AV_PIX_FMT_RGBA);
    INT(AV_PIX_FMT_RGB24);
    INT(AV_PIX_FMT_BGR24);
    INT(AV_PIX_FMT_GRAY8);
    INT(AV_PIX_FMT_PAL8);
    INT(AV_PIX_FMT_FLAG_RGB);
    INT(AV_PIX_FMT_FLAG_ALPHA);
    INT(AV_PIX_FMT_FLAG_HWACCEL);
    puts("");
    INT(AV_CODEC_ID_MJPEG);
    INT(AV_CODEC_ID_PNG);
    INT(AV_CODEC_ID_H264);
    puts("");
    INT(SWS_POINT);
    INT(SWS_BILINEAR);
    INT(SWS_ACCURATE_RND);
    INT(SWS_FULL_CHR_H_INT);
    INT(SWS_FULL_CHR_H_INP);
    INT(SWS_CS_ITU601);
    INT(SWS_CS_ITU709);
    puts("");
    INT(AVERROR_FILTER_NOT_FOUND);
    INT(AV_LOG_ERROR);

    /* From here on a graph's source is told matrix and range; before, only the frames were. */
    printf("    public const bool SourceTakesColors = %s;\n", LIBAVFILTER_VERSION_MAJOR >= 10 ? "true" : "false");
    END();
}

static void print_libavutil(void)
{
    BEGIN(AVRational);
    FIELD(AVRational, "int", num);
    FIELD(AVRational, "int", den);
    END();

    BEGIN(AVFrame);
    ARRAY(AVFrame, "ulong", data, AV_NUM_DATA_POINTERS);
    ARRAY(AVFrame, "int", linesize, AV_NUM_DATA_POINTERS);
    FIELD(AVFrame, "byte**", extended_data);
    FIELD(AVFrame, "int", width);
    FIELD(AVFrame, "int", height);
    FIELD(AVFrame, "int", format);
    FIELD(AVFrame, "long", pts);
    FIELD(AVFrame, "int", quality);
    ARRAY(AVFrame, "ulong", buf, AV_NUM_DATA_POINTERS);
    FIELD(AVFrame, "int", flags);
    FIELD(AVFrame, "int", color_range);
    FIELD(AVFrame, "int", colorspace);
    FIELD(AVFrame, "long", best_effort_timestamp);
    FIELD(AVFrame, "int", decode_error_flags);
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
    FIELD(AVFrame, "long", duration);
#else
    FIELD_AS(AVFrame, "long", "duration", pkt_duration);
#endif
    END();

    BEGIN(AVBufferRef);
    FIELD(AVBufferRef, "byte*", data);
    END();

    BEGIN(AVFrameSideData);
    FIELD(AVFrameSideData, "byte*", data);
    END();

    BEGIN(AVPixFmtDescriptor);
    FIELD(AVPixFmtDescriptor, "byte*", name);
    FIELD(AVPixFmtDescriptor, "byte", nb_components);
    FIELD(AVPixFmtDescriptor, "byte", log2_chroma_w);
    FIELD(AVPixFmtDescriptor, "byte", log2_chroma_h);
    FIELD(AVPixFmtDescriptor, "ulong", flags);
    END();
}

static void print_libavcodec(void)
{
    BEGIN(AVPacket);
    FIELD(AVPacket, "long", pts);
    FIELD(AVPacket, "long", dts);
    FIELD(AVPacket, "byte*", data);
    FIELD(AVPacket, "int", size);
    FIELD(AVPacket, "int", stream_index);
    FIELD(AVPacket, "int", flags);
    END();

    BEGIN(AVCodec);
    FIELD(AVCodec, "byte*", name);
    FIELD(AVCodec, "int", id);
    END();

    BEGIN(AVCodecParameters);
    FIELD(AVCodecParameters, "int", codec_type);
    FIELD(AVCodecParameters, "int", codec_id);
    FIELD(AVCodecParameters, "int", format);
    FIELD(AVCodecParameters, "int", width);
    FIELD(AVCodecParameters, "int", height);
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
    FIELD(AVCodecParameters, "byte*", coded_side_data);
    FIELD(AVCodecParameters, "int", nb_coded_side_data);
#endif
    END();

    BEGIN(AVCodecContext);
    FIELD(AVCodecContext, "nint", opaque);
    FIELD(AVCodecContext, "int", flags);
    FIELD(AVCodecContext, "AVRational", time_base);
    FIELD(AVCodecContext, "AVRational", pkt_timebase);
    FIELD(AVCodecContext, "int", width);
    FIELD(AVCodecContext, "int", height);
    FIELD(AVCodecContext, "int", pix_fmt);
    FIELD(AVCodecContext, "int", color_range);
    FIELD(AVCodecContext, "nint", get_buffer2);
    FIELD(AVCodecContext, "int", global_quality);
    FIELD(AVCodecContext, "int", err_recognition);
    FIELD(AVCodecContext, "int", thread_count);
    FIELD(AVCodecContext, "int", thread_type);
    FIELD(AVCodecContext, "long", max_pixels);
    END();
}

static void print_libavformat(void)
{
    BEGIN(AVIOInterruptCB);
    FIELD(AVIOInterruptCB, "nint", callback);
    FIELD(AVIOInterruptCB, "nint", opaque);
    END();

    BEGIN(AVInputFormat);
    FIELD(AVInputFormat, "byte*", name);
    END();

    BEGIN(AVStream);
    FIELD(AVStream, "int", index);
    FIELD(AVStream, "AVCodecParameters*", codecpar);
    FIELD(AVStream, "AVRational", time_base);
    FIELD(AVStream, "long", start_time);
    FIELD(AVStream, "long", duration);
    FIELD(AVStream, "int", disposition);
    FIELD(AVStream, "int", discard);
    FIELD(AVStream, "AVRational", sample_aspect_ratio);
    END();

    BEGIN(AVFormatContext);
    FIELD(AVFormatContext, "AVInputFormat*", iformat);
    FIELD(AVFormatContext, "uint", nb_streams);
    FIELD(AVFormatContext, "AVStream**", streams);
    FIELD(AVFormatContext, "long", start_time);
    FIELD(AVFormatContext, "long", duration);
    FIELD(AVFormatContext, "AVIOInterruptCB", interrupt_callback);
    END();
}

static void print_libavfilter(void)
{
    BEGIN(AVFilterInOut);
    FIELD(AVFilterInOut, "byte*", name);
    FIELD(AVFilterInOut, "AVFilterContext*", filter_ctx);
    FIELD(AVFilterInOut, "int", pad_idx);
    FIELD(AVFilterInOut, "AVFilterInOut*", next);
    END();

    BEGIN(AVFilterGraph);
    FIELD(AVFilterGraph, "int", nb_threads);
    END();
}

/* Where a stream's rotation is: FFmpeg 6.1 moved the side data into the codec parameters and deprecated the old call. */
static void print_side_data(void)
{
    puts("\ninternal static unsafe partial class LibAvFormat\n{");
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
    puts("    [LibraryImport(LibAv.CodecLibrary)]");
    puts("    private static partial byte** av_packet_side_data_get(byte* sd, int nb_sd, int type);");
    puts("");
    printf("    /// <summary>A stream's side data of one kind, or null.</summary>\n"
           "    internal static byte* StreamSideData(AVStream* stream, int type)\n    {\n"
           "        byte** entry = av_packet_side_data_get(stream->codecpar->coded_side_data, "
           "stream->codecpar->nb_coded_side_data, type);\n"
           "        return entry == null ? null : entry[%zu];\n    }\n", offsetof(AVPacketSideData, data) / sizeof(void *));
#else
    puts("    [LibraryImport(LibAv.FormatLibrary)]");
    puts("    private static partial byte* av_stream_get_side_data(AVStream* stream, int type, nuint* size);");
    puts("");
    puts("    /// <summary>A stream's side data of one kind, or null.</summary>");
    puts("    internal static byte* StreamSideData(AVStream* stream, int type) => av_stream_get_side_data(stream, type, null);");
#endif
    END();
}

int main(void)
{
    puts("// <auto-generated>By src/Camfx.FFmpeg/Interop/probe.c from the installed headers. Do not edit.</auto-generated>");
    puts("#nullable enable");
    puts("using System.Runtime.InteropServices;\n\nnamespace Camfx.FFmpeg.Interop;");
    print_constants();
    print_libavutil();
    print_libavcodec();
    print_libavformat();
    print_libavfilter();
    print_side_data();
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
