using System.Runtime.InteropServices;

namespace Camfx.FFmpeg.Interop;

/// <summary>libavutil: frames, buffers, dictionaries, errors. The library is loaded by the first call, never before.</summary>
internal static unsafe partial class LibAvUtil
{
    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial void av_log_set_level(int level);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial void av_log_set_callback(delegate* unmanaged<void*, int, byte*, void*, void> callback);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial int av_log_format_line2(void* ptr, int level, byte* fmt, void* vl, byte* line, int line_size, int* print_prefix);

    [LibraryImport(LibAv.UtilLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* av_strdup(string s);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial int av_strerror(int errnum, byte* errbuf, nuint errbuf_size);

    [LibraryImport(LibAv.UtilLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_dict_set(AVDictionary** pm, string key, string value, int flags);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial void av_dict_free(AVDictionary** m);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial AVFrame* av_frame_alloc();

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial void av_frame_free(AVFrame** frame);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial int av_frame_ref(AVFrame* dst, AVFrame* src);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial void av_frame_unref(AVFrame* frame);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial void av_frame_move_ref(AVFrame* dst, AVFrame* src);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial AVFrameSideData* av_frame_get_side_data(AVFrame* frame, int type);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial int av_frame_get_buffer(AVFrame* frame, int align);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial AVBufferPool* av_buffer_pool_init(nuint size, nint alloc);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial void av_buffer_pool_uninit(AVBufferPool** pool);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial AVBufferRef* av_buffer_pool_get(AVBufferPool* pool);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial AVPixFmtDescriptor* av_pix_fmt_desc_get(int pix_fmt);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial double av_display_rotation_get(int* matrix);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial long av_rescale(long a, long b, long c);

    [LibraryImport(LibAv.UtilLibrary)]
    internal static partial long av_rescale_rnd(long a, long b, long c, int rnd);
}
