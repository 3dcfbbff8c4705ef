using System.Runtime.InteropServices;
using System.Text;
using Camfx.Cairo.Interop;
using static Camfx.Cairo.Interop.CairoNative;
using static Camfx.Cairo.Interop.PangoConstants;
using static Camfx.Cairo.Interop.PangoNative;

namespace Camfx.Cairo;

/// <summary>A text broken into lines and measured, ready to be drawn on a <see cref="Canvas"/>.</summary>
/// <remarks>Thread-bound: it lives and dies on the thread that made it, as Pango's default font map belongs to a thread.</remarks>
internal sealed unsafe class TextLayout : IDisposable
{
    /// <summary>Longer texts are cut: no picture shows so much, and shaping it would take seconds.</summary>
    internal const int LongestText = 8000;

    private readonly PangoLayoutHandle _layout;

    /// <exception cref="DrawingException">No font is installed, or the markup is wrong.</exception>
    internal TextLayout(string text, TextStyle style)
    {
        _layout = CreateLayout(style);
        try
        {
            SetText(text, style.Markup);
            SetLimits(style);
        }
        catch
        {
            _layout.Dispose();
            throw;
        }

        PangoRectangle ink, logical;
        pango_layout_get_pixel_extents(_layout, &ink, &logical);
        Ink = ink;
        Logical = logical;
    }

    /// <summary>Bounds of what is really painted, in pixels from the layout's origin; empty for blanks.</summary>
    internal PangoRectangle Ink { get; }

    /// <summary>Bounds of the lines from ascent to descent, in pixels from the layout's origin.</summary>
    internal PangoRectangle Logical { get; }

    internal PangoLayoutHandle Handle => _layout;

    public void Dispose() => _layout.Dispose();

    private static PangoLayoutHandle CreateLayout(TextStyle style)
    {
        nint fontMap = pango_cairo_font_map_get_default();
        nint context = pango_font_map_create_context(fontMap);
        nint options = cairo_font_options_create();

        // Grey edges, never subpixel ones: the text is blended over moving pictures. Unhinted metrics keep the layout
        // the same at every size.
        cairo_font_options_set_antialias(options, CairoConstants.CAIRO_ANTIALIAS_GRAY);
        cairo_font_options_set_hint_style(options, CairoConstants.CAIRO_HINT_STYLE_SLIGHT);
        cairo_font_options_set_hint_metrics(options, CairoConstants.CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context, options);
        cairo_font_options_destroy(options);
        PangoLayoutHandle layout = pango_layout_new(context);
        try
        {
            SetFont(layout, fontMap, context, style);
            return layout;
        }
        catch
        {
            layout.Dispose();
            throw;
        }
        finally
        {
            GLibNative.g_object_unref(context);
        }
    }

    private static void SetFont(PangoLayoutHandle layout, nint fontMap, nint context, TextStyle style)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(style.Font + '\0'))
        {
            nint description = pango_font_description_from_string(name);
            pango_font_description_set_absolute_size(description, Math.Clamp(style.Size, 1, TextStyle.LargestSize) * PANGO_SCALE);
            pango_layout_set_font_description(layout, description);
            nint font = pango_font_map_load_font(fontMap, context, description);
            pango_font_description_free(description);

            // A family that is missing is replaced by the nearest there is; null means that there is none at all. Pango would go on,
            // measure nonsense and warn on stderr for every run of text.
            if (font == 0) throw new DrawingException("Text cannot be drawn: no font is installed; install the package fonts-dejavu-core.");
            GLibNative.g_object_unref(font);
        }
    }

    private void SetText(string text, bool markup)
    {
        if (text.Length > LongestText && !markup) text = string.Concat(text.AsSpan(0, LongestText), "…");

        // The encoder replaces lone surrogates, so Pango only ever sees valid UTF-8; it takes NUL for the end, which a user does not mean.
        byte[] bytes = Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD'));
        fixed (byte* utf8 = bytes)
        {
            // An empty array pins to null, which Pango does not take.
            byte empty = 0;
            byte* start = bytes.Length == 0 ? &empty : utf8;
            if (!markup)
            {
                pango_layout_set_text(_layout, start, bytes.Length);
                return;
            }

            GError* error = null;
            if (pango_parse_markup(start, bytes.Length, 0, null, null, null, &error) == 0)
            {
                string reason = Marshal.PtrToStringUTF8((nint)error->message) ?? "it is not well-formed";
                GLibNative.g_error_free(error);
                throw new DrawingException($"The text is no Pango markup: {reason}; close every tag and write & as &amp;.");
            }

            pango_layout_set_markup(_layout, start, bytes.Length);
        }
    }

    private void SetLimits(TextStyle style)
    {
        int width = style.MaxWidth > 0 ? Math.Min(style.MaxWidth, TextStyle.LargestWidth) : TextStyle.LargestWidth;
        int height = style.MaxHeight > 0 ? Math.Min(style.MaxHeight, TextStyle.LargestHeight) : TextStyle.LargestHeight;
        pango_layout_set_width(_layout, width * PANGO_SCALE);
        pango_layout_set_wrap(_layout, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_ellipsize(_layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_height(_layout, style.Overflow == TextOverflow.Ellipsize ? -1 : height * PANGO_SCALE);
        pango_layout_set_alignment(_layout, style.Alignment switch
        {
            TextAlignment.Center => PANGO_ALIGN_CENTER,
            TextAlignment.End => PANGO_ALIGN_RIGHT,
            _ => PANGO_ALIGN_LEFT,
        });
        pango_layout_set_line_spacing(_layout, style.LineSpacing);
    }
}
