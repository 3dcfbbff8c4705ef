using System.Runtime.InteropServices;

namespace Camfx.Bench.Conversion;

/// <summary>The few functions of libswscale and libavutil that the comparison needs (libswscale/swscale.h, libavutil/pixdesc.h).</summary>
internal static unsafe partial class Swscale
{
    public const int SWS_FAST_BILINEAR = 1;
    public const int SWS_BILINEAR = 2;
    public const int SWS_POINT = 0x10;
    public const int SWS_AREA = 0x20;

    private const string Library = "swscale";
    private const string UtilLibrary = "avutil";

    static Swscale() => NativeLibrary.SetDllImportResolver(typeof(Swscale).Assembly, static (name, _, _) => name switch
    {
        // Debian 12 has FFmpeg 5.1, Debian 13 has 7.1.
        Library => LoadFirst("libswscale.so.6", "libswscale.so.8"),
        UtilLibrary => LoadFirst("libavutil.so.57", "libavutil.so.59"),
        _ => 0,
    });

    /// <summary>Whether the libraries are there.</summary>
    public static bool IsAvailable => LoadFirst("libswscale.so.6", "libswscale.so.8") != 0 && LoadFirst("libavutil.so.57", "libavutil.so.59") != 0;

    [LibraryImport(Library)]
    public static partial nint sws_getContext(
        int srcW, int srcH, int srcFormat, int dstW, int dstH, int dstFormat, int flags, void* srcFilter, void* dstFilter, double* param);

    [LibraryImport(Library)]
    public static partial void sws_freeContext(nint context);

    [LibraryImport(Library)]
    public static partial int sws_scale(
        nint context, byte** srcSlice, int* srcStride, int srcSliceY, int srcSliceH, byte** dst, int* dstStride);

    [LibraryImport(UtilLibrary, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_get_pix_fmt(string name);

    [LibraryImport(UtilLibrary)]
    public static partial void av_log_set_level(int level);

    private static nint LoadFirst(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (NativeLibrary.TryLoad(name, out nint handle)) return handle;
        return 0;
    }
}
