using System.Reflection;
using Camfx.FFmpeg;
using Camfx.FFmpeg.Interop;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>Camfx.FFmpeg: libavformat, libavcodec, libavutil and libswscale. Its structs are generated from these headers; this checks the generator.</summary>
internal sealed class FFmpegBindings : NativeBindings
{
    internal override Assembly Assembly => typeof(VideoReader).Assembly;

    internal override void Describe(BindingTable table)
    {
        foreach (string package in new[] { "libavformat", "libavcodec", "libavutil", "libswscale" }) table.Package(package);
        table.Headers(
            "libavformat/avformat.h", "libavcodec/avcodec.h", "libavutil/display.h", "libavutil/error.h", "libavutil/frame.h",
            "libavutil/pixdesc.h", "libavutil/version.h", "libswscale/swscale.h");
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
        table.Opaque<AVDictionary>();
        table.Opaque<AVBufferPool>();
        table.Opaque<SwsContext>();
        foreach (string library in new[] { nameof(LibAv.FormatLibrary), nameof(LibAv.CodecLibrary), nameof(LibAv.UtilLibrary), nameof(LibAv.ScaleLibrary) })
            table.NotInC(library, "the file the functions come from");
    }

    // libavutil 57.30 renamed it; both releases are told apart by their soname.
    private static string DurationField => LibAv.UtilLibrary.EndsWith(".57", StringComparison.Ordinal) ? "pkt_duration" : "duration";
}
