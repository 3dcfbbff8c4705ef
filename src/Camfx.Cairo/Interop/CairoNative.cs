using System.Runtime.InteropServices;

namespace Camfx.Cairo.Interop;

/// <summary>cairo.h: surfaces, contexts, paths. A context remembers its first error; it is asked once, after the drawing.</summary>
internal static unsafe partial class CairoNative
{
    [LibraryImport(Libraries.Cairo)]
    internal static partial CairoSurfaceHandle cairo_image_surface_create_for_data(
        byte* data, int format, int width, int height, int stride);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_surface_destroy(nint surface);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_surface_flush(CairoSurfaceHandle surface);

    [LibraryImport(Libraries.Cairo)]
    internal static partial int cairo_surface_status(CairoSurfaceHandle surface);

    [LibraryImport(Libraries.Cairo)]
    internal static partial CairoContextHandle cairo_create(CairoSurfaceHandle target);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_destroy(nint cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial int cairo_status(CairoContextHandle cr);

    /// <summary>A constant string of the library; never freed.</summary>
    [LibraryImport(Libraries.Cairo)]
    internal static partial byte* cairo_status_to_string(int status);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_set_operator(CairoContextHandle cr, int @operator);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_set_source_rgba(CairoContextHandle cr, double red, double green, double blue, double alpha);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_set_source_surface(CairoContextHandle cr, CairoSurfaceHandle surface, double x, double y);

    /// <summary>The context's source, borrowed.</summary>
    [LibraryImport(Libraries.Cairo)]
    internal static partial nint cairo_get_source(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_pattern_set_filter(nint pattern, int filter);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_pattern_set_extend(nint pattern, int extend);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_scale(CairoContextHandle cr, double sx, double sy);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_set_line_width(CairoContextHandle cr, double width);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_set_line_cap(CairoContextHandle cr, int lineCap);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_set_line_join(CairoContextHandle cr, int lineJoin);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_new_path(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_new_sub_path(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_move_to(CairoContextHandle cr, double x, double y);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_line_to(CairoContextHandle cr, double x, double y);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_arc(CairoContextHandle cr, double xc, double yc, double radius, double angle1, double angle2);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_close_path(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_fill(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_stroke(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_stroke_preserve(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_paint(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_paint_with_alpha(CairoContextHandle cr, double alpha);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_push_group(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_pop_group_to_source(CairoContextHandle cr);

    [LibraryImport(Libraries.Cairo)]
    internal static partial nint cairo_font_options_create();

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_font_options_destroy(nint options);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_font_options_set_antialias(nint options, int antialias);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_font_options_set_hint_style(nint options, int hintStyle);

    [LibraryImport(Libraries.Cairo)]
    internal static partial void cairo_font_options_set_hint_metrics(nint options, int hintMetrics);
}
