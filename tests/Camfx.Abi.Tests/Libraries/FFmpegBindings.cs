using System.Reflection;
using System.Runtime.InteropServices;
using Camfx.FFmpeg;
using Camfx.FFmpeg.Interop;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>Camfx.FFmpeg: libavformat, libavcodec, libavutil, libswscale and libavfilter. Its structs are generated from these headers; this checks the generator.</summary>
internal sealed class FFmpegBindings : NativeBindings
{
    internal override Assembly Assembly => typeof(VideoReader).Assembly;

    internal override void Describe(BindingTable table)
    {
        foreach (string package in new[] { "libavformat", "libavcodec", "libavutil", "libswscale", "libavfilter" }) table.Package(package);
        if (table.Machine == Architecture.Arm64)
            table.NotInC("av_log_format_line2", "a va_list is a structure in arm64's C, too large for registers: it is passed by its address, as the pointer here");
        table.Headers(
            "libavformat/avformat.h", "libavcodec/avcodec.h", "libavutil/display.h", "libavutil/error.h", "libavutil/frame.h",
            "libavutil/pixdesc.h", "libavutil/version.h", "libswscale/swscale.h", "libavfilter/avfilter.h", "libavfilter/buffersink.h",
            "libavfilter/buffersrc.h");
        table.Struct<AVRational>("AVRational");
        table.Struct<AVIOInterruptCB>("AVIOInterruptCB");
        table.Struct<AVPixFmtDescriptor>("AVPixFmtDescriptor");
        table.Struct<AVFrameSideData>("AVFrameSideData");
        table.Struct<AVPacket>("AVPacket");
        table.Struct<AVBufferRef>("AVBufferRef");
        table.Struct<AVCodec>("AVCodec");
        table.Struct<AVCodecParameters>("AVCodecParameters");
        table.Struct<AVCodecContext>("AVCodecContext");
        table.Struct<AVInputFormat>("AVInputFormat");
        table.Struct<AVStream>("AVStream");
        table.Struct<AVFormatContext>("AVFormatContext");
        table.Struct<AVFrame>("AVFrame", ("duration", DurationField));
        table.Struct<AVFilterInOut>("AVFilterInOut");
        table.Struct<AVFilterGraph>("AVFilterGraph");
        table.Opaque<AVFilter>();
        table.Opaque<AVFilterContext>();
        table.Opaque<AVDictionary>();
        table.Opaque<AVBufferPool>();
        table.Opaque<SwsContext>();
        table.NotInC(nameof(LibAv.SourceTakesColors), "a fact of the library's version");
        foreach (string library in (string[])
            [nameof(LibAv.FormatLibrary), nameof(LibAv.CodecLibrary), nameof(LibAv.UtilLibrary), nameof(LibAv.ScaleLibrary), nameof(LibAv.FilterLibrary)])
            table.NotInC(library, "the file the functions come from");
    }

    // libavutil 57.30 renamed it; both releases are told apart by their soname.
    private static string DurationField => LibAv.UtilLibrary.EndsWith(".57", StringComparison.Ordinal) ? "pkt_duration" : "duration";
}
