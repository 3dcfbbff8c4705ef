using Camfx.Cairo.Interop;

namespace Camfx.Cairo;

/// <summary>The size of a text's picture, and where in it the layout's origin lies.</summary>
internal readonly record struct TextBox(int Width, int Height, double OriginX, double OriginY)
{
    /// <summary>
    /// The lines from ascent to descent (so that a text keeps its height whatever its letters), more where ink reaches further, and the
    /// margin that outline, shadow and padding need.
    /// </summary>
    internal static TextBox Around(TextLayout layout, TextStyle style)
    {
        PangoRectangle logical = layout.Logical, ink = layout.Ink;
        int left = logical.x, top = logical.y, right = left + logical.width, bottom = top + logical.height;
        if (ink.width > 0 && ink.height > 0)
        {
            left = Math.Min(left, ink.x);
            top = Math.Min(top, ink.y);
            right = Math.Max(right, ink.x + ink.width);
            bottom = Math.Max(bottom, ink.y + ink.height);
        }

        double outline = Math.Max(0, style.OutlineWidth), padding = Math.Max(0, style.Padding);
        bool hasShadow = style.ShadowColor.Alpha > 0;
        double shadow = hasShadow ? outline + Math.Max(0, style.ShadowBlur) : 0, offset = hasShadow ? style.ShadowOffset : 0;
        double before = Math.Ceiling(Math.Max(padding, Math.Max(outline, shadow - offset)));
        double after = Math.Ceiling(Math.Max(padding, Math.Max(outline, shadow + offset)));
        return new(
            Math.Clamp(right - left + (int)(before + after), 1, TextStyle.LargestWidth),
            Math.Clamp(bottom - top + (int)(before + after), 1, TextStyle.LargestHeight),
            before - left, before - top);
    }
}
