using System.Runtime.InteropServices;
using Camfx.Cairo.Interop;
using Camfx.Frames;
using static Camfx.Cairo.Interop.CairoConstants;
using static Camfx.Cairo.Interop.CairoNative;
using static Camfx.Cairo.Interop.PangoNative;

namespace Camfx.Cairo;

/// <summary>
/// Draws with cairo straight into the memory of a BGRA frame: no copy. Cairo's pixels are premultiplied, so a frame that is not opaque
/// everywhere goes through <see cref="Premultiplied.ToStraight"/> afterwards.
/// </summary>
/// <remarks>Thread-bound. The frame must outlive the canvas.</remarks>
internal sealed unsafe class Canvas : IDisposable
{
    private readonly CairoSurfaceHandle _surface;
    private readonly CairoContextHandle _context;

    internal Canvas(in FrameView frame)
    {
        // Cairo writes native-endian ARGB words; the bytes are B, G, R, A only on little-endian machines, which all of ours are.
        _surface = cairo_image_surface_create_for_data(frame.Plane(0), CAIRO_FORMAT_ARGB32, frame.Width, frame.Height, frame.Stride(0));
        Check(cairo_surface_status(_surface));
        _context = cairo_create(_surface);
        cairo_set_line_join(_context, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_cap(_context, CAIRO_LINE_CAP_ROUND);
    }

    internal void SetColor(Color color) =>
        cairo_set_source_rgba(_context, color.Red / 255.0, color.Green / 255.0, color.Blue / 255.0, color.Alpha / 255.0);

    /// <summary>Covers everything, whatever was there.</summary>
    internal void Clear(Color color)
    {
        SetColor(color);
        cairo_set_operator(_context, CAIRO_OPERATOR_SOURCE);
        cairo_paint(_context);
        cairo_set_operator(_context, CAIRO_OPERATOR_OVER);
    }

    /// <summary>Replaces everything by a (premultiplied) picture, scaled to fill the frame.</summary>
    internal void Fill(Canvas picture, double scaleX, double scaleY)
    {
        cairo_scale(_context, scaleX, scaleY);
        cairo_set_source_surface(_context, picture._surface, 0, 0);
        nint pattern = cairo_get_source(_context);
        cairo_pattern_set_filter(pattern, CAIRO_FILTER_GOOD);
        cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
        cairo_set_operator(_context, CAIRO_OPERATOR_SOURCE);
        cairo_paint(_context);
    }

    internal void MoveTo(double x, double y) => cairo_move_to(_context, x, y);

    internal void LineTo(double x, double y) => cairo_line_to(_context, x, y);

    internal void ClosePath() => cairo_close_path(_context);

    internal void Circle(double x, double y, double radius)
    {
        cairo_new_sub_path(_context);
        cairo_arc(_context, x, y, radius, 0, 2 * Math.PI);
        cairo_close_path(_context);
    }

    internal void RoundedRectangle(double x, double y, double width, double height, double radius)
    {
        radius = Math.Clamp(radius, 0, Math.Min(width, height) / 2);
        cairo_new_sub_path(_context);
        cairo_arc(_context, x + width - radius, y + radius, radius, -Math.PI / 2, 0);
        cairo_arc(_context, x + width - radius, y + height - radius, radius, 0, Math.PI / 2);
        cairo_arc(_context, x + radius, y + height - radius, radius, Math.PI / 2, Math.PI);
        cairo_arc(_context, x + radius, y + radius, radius, Math.PI, 3 * Math.PI / 2);
        cairo_close_path(_context);
    }

    internal void Fill() => cairo_fill(_context);

    internal void Stroke(double width)
    {
        cairo_set_line_width(_context, width);
        cairo_stroke(_context);
    }

    internal void StrokePreserve(double width)
    {
        cairo_set_line_width(_context, width);
        cairo_stroke_preserve(_context);
    }

    /// <summary>Drops the path made so far.</summary>
    internal void NewPath() => cairo_new_path(_context);

    /// <summary>Draws the letters with the layout's origin at (x, y).</summary>
    internal void DrawText(TextLayout layout, double x, double y)
    {
        cairo_move_to(_context, x, y);
        pango_cairo_show_layout(_context, layout.Handle);
        cairo_new_path(_context);
    }

    /// <summary>Makes the outlines of the letters the path.</summary>
    internal void TextPath(TextLayout layout, double x, double y)
    {
        cairo_new_path(_context);
        cairo_move_to(_context, x, y);
        pango_cairo_layout_path(_context, layout.Handle);
    }

    /// <summary>What is drawn until <see cref="EndGroup"/> becomes one layer.</summary>
    internal void BeginGroup() => cairo_push_group(_context);

    /// <summary>Blends the layer in, <paramref name="opacity"/> 0 to 1.</summary>
    internal void EndGroup(double opacity)
    {
        cairo_pop_group_to_source(_context);
        cairo_paint_with_alpha(_context, opacity);
    }

    /// <summary>Makes sure that every pixel is in memory and nothing failed on the way.</summary>
    /// <exception cref="DrawingException">One of the drawing calls failed.</exception>
    internal void Finish()
    {
        Check(cairo_status(_context));
        cairo_surface_flush(_surface);
        Check(cairo_surface_status(_surface));
    }

    public void Dispose()
    {
        _context.Dispose();
        _surface.Dispose();
    }

    private static void Check(int status)
    {
        if (status == CAIRO_STATUS_SUCCESS) return;
        string text = Marshal.PtrToStringUTF8((nint)cairo_status_to_string(status)) ?? "unknown error";
        throw new DrawingException($"Cairo could not draw: {text} (status {status}).");
    }
}
