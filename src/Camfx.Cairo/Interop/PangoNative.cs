using System.Runtime.InteropServices;

namespace Camfx.Cairo.Interop;

/// <summary>pango/*.h: fonts and layouts. Bound to one thread, as the font map they come from is.</summary>
internal static unsafe partial class PangoNative
{
    /// <summary>A new reference to a context that draws with <paramref name="fontMap"/>.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial nint pango_font_map_create_context(nint fontMap);

    /// <summary>A new reference to the nearest font there is; null if there is none.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial nint pango_font_map_load_font(nint fontMap, nint context, nint description);

    /// <summary>Never fails: what the text does not name stays unset.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial nint pango_font_description_from_string(byte* text);

    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_font_description_set_absolute_size(nint description, double size);

    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_font_description_free(nint description);

    /// <summary>The layout takes a reference of its own to the context.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial PangoLayoutHandle pango_layout_new(nint context);

    /// <summary>Copies the text; <paramref name="length"/> is in bytes.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_text(PangoLayoutHandle layout, byte* text, int length);

    /// <summary>Bad markup leaves the layout empty: <see cref="pango_parse_markup"/> says why.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_markup(PangoLayoutHandle layout, byte* markup, int length);

    /// <summary>Copies the description.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_font_description(PangoLayoutHandle layout, nint description);

    /// <summary>In Pango units; -1 for no limit.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_width(PangoLayoutHandle layout, int width);

    /// <summary>In Pango units if positive, in lines of each paragraph if negative; obeyed only where lines are ellipsized.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_height(PangoLayoutHandle layout, int height);

    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_wrap(PangoLayoutHandle layout, int wrap);

    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_ellipsize(PangoLayoutHandle layout, int ellipsize);

    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_alignment(PangoLayoutHandle layout, int alignment);

    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_set_line_spacing(PangoLayoutHandle layout, float factor);

    /// <summary>Bounds of the ink and of the lines (ascent to descent), in pixels.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial void pango_layout_get_pixel_extents(PangoLayoutHandle layout, PangoRectangle* ink, PangoRectangle* logical);

    /// <summary>0 with an error to be freed if the markup is wrong; the other results are not asked for.</summary>
    [LibraryImport(Libraries.Pango)]
    internal static partial int pango_parse_markup(
        byte* markup, int length, uint accelMarker, nint* attributes, byte** text, uint* accelCharacter, GError** error);

    /// <summary>The calling thread's font map, borrowed.</summary>
    [LibraryImport(Libraries.PangoCairo)]
    internal static partial nint pango_cairo_font_map_get_default();

    /// <summary>Copies the options.</summary>
    [LibraryImport(Libraries.PangoCairo)]
    internal static partial void pango_cairo_context_set_font_options(nint context, nint options);

    /// <summary>Draws with its top left corner at the current point.</summary>
    [LibraryImport(Libraries.PangoCairo)]
    internal static partial void pango_cairo_show_layout(CairoContextHandle cr, PangoLayoutHandle layout);

    /// <summary>Adds the outlines of all glyphs to the current path; bitmap glyphs (colour emoji) have none.</summary>
    [LibraryImport(Libraries.PangoCairo)]
    internal static partial void pango_cairo_layout_path(CairoContextHandle cr, PangoLayoutHandle layout);
}
