using System.Runtime.InteropServices;

namespace Camfx.FFmpeg.Interop;

/// <summary>libswscale: pixel formats camfx's own kernels do not know. The library is loaded by the first call, never before.</summary>
internal static unsafe partial class LibSwScale
{
    [LibraryImport(LibAv.ScaleLibrary)]
    internal static partial SwsContext* sws_getCachedContext(
        SwsContext* context, int srcW, int srcH, int srcFormat, int dstW, int dstH, int dstFormat, int flags,
        nint srcFilter, nint dstFilter, double* param);

    [LibraryImport(LibAv.ScaleLibrary)]
    internal static partial void sws_freeContext(SwsContext* swsContext);

    [LibraryImport(LibAv.ScaleLibrary)]
    internal static partial int* sws_getCoefficients(int colorspace);

    [LibraryImport(LibAv.ScaleLibrary)]
    internal static partial int sws_setColorspaceDetails(
        SwsContext* c, int* inv_table, int srcRange, int* table, int dstRange, int brightness, int contrast, int saturation);

    [LibraryImport(LibAv.ScaleLibrary)]
    internal static partial int sws_scale(
        SwsContext* c, byte** srcSlice, int* srcStride, int srcSliceY, int srcSliceH, byte** dst, int* dstStride);
}
