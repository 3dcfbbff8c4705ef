using System.Runtime.InteropServices;

namespace Camfx.FFmpeg.Interop;

/// <summary>libavfilter: graphs of filters. The library is loaded by the first call, never before.</summary>
internal static unsafe partial class LibAvFilter
{
    [LibraryImport(LibAv.FilterLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial AVFilter* avfilter_get_by_name(string name);

    [LibraryImport(LibAv.FilterLibrary)]
    internal static partial AVFilterGraph* avfilter_graph_alloc();

    [LibraryImport(LibAv.FilterLibrary)]
    internal static partial void avfilter_graph_free(AVFilterGraph** graph);

    [LibraryImport(LibAv.FilterLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int avfilter_graph_create_filter(
        AVFilterContext** filt_ctx, AVFilter* filt, string name, string? args, void* opaque, AVFilterGraph* graph_ctx);

    [LibraryImport(LibAv.FilterLibrary)]
    internal static partial int avfilter_link(AVFilterContext* src, uint srcpad, AVFilterContext* dst, uint dstpad);

    [LibraryImport(LibAv.FilterLibrary)]
    internal static partial AVFilterInOut* avfilter_inout_alloc();

    [LibraryImport(LibAv.FilterLibrary)]
    internal static partial void avfilter_inout_free(AVFilterInOut** inout);

    [LibraryImport(LibAv.FilterLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int avfilter_graph_parse_ptr(
        AVFilterGraph* graph, string filters, AVFilterInOut** inputs, AVFilterInOut** outputs, void* log_ctx);

    [LibraryImport(LibAv.FilterLibrary)]
    internal static partial int avfilter_graph_config(AVFilterGraph* graphctx, void* log_ctx);

    [LibraryImport(LibAv.FilterLibrary)]
    internal static partial int av_buffersrc_add_frame_flags(AVFilterContext* buffer_src, AVFrame* frame, int flags);

    [LibraryImport(LibAv.FilterLibrary)]
    internal static partial int av_buffersink_get_frame_flags(AVFilterContext* ctx, AVFrame* frame, int flags);
}
