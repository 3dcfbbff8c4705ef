namespace Camfx.Cairo.Interop;

/// <summary>The values of cairo.h's enums that camfx uses.</summary>
internal static class CairoConstants
{
    internal const int CAIRO_STATUS_SUCCESS = 0;

    /// <summary>
    /// 32 bits a pixel in native byte order, alpha highest, premultiplied: B, G, R, A in memory on a little-endian machine.
    /// </summary>
    internal const int CAIRO_FORMAT_ARGB32 = 0;

    internal const int CAIRO_OPERATOR_SOURCE = 1;
    internal const int CAIRO_OPERATOR_OVER = 2;

    internal const int CAIRO_ANTIALIAS_GRAY = 2;
    internal const int CAIRO_HINT_STYLE_SLIGHT = 2;
    internal const int CAIRO_HINT_METRICS_OFF = 1;

    internal const int CAIRO_LINE_CAP_ROUND = 1;
    internal const int CAIRO_LINE_JOIN_ROUND = 1;

    /// <summary>Averages every source pixel when it makes a picture smaller, bilinear when larger.</summary>
    internal const int CAIRO_FILTER_GOOD = 1;

    /// <summary>Beyond its edge a picture goes on with its last row or column.</summary>
    internal const int CAIRO_EXTEND_PAD = 3;
}
