using Camfx.Cairo.Interop;
using Camfx.Frames;

namespace Camfx.Cairo;

/// <summary>
/// The picture a camera shows while it cannot show its source: a camera that is off, the camera's name, one sentence of reason.
/// </summary>
/// <remarks>
/// Thread-safe; see <see cref="TextRenderer"/> about threads that draw text. A card is drawn once for each reason, not for each frame.
/// </remarks>
public static class PlaceholderCard
{
    /// <summary>Least width and height: below, not even the symbol can be told.</summary>
    public const int SmallestSide = 16;

    // A quiet, slightly blue dark grey: it does not light up a room, and dark mode and light mode meeting windows both bear it.
    private static readonly Color s_ground = new(0x17, 0x1a, 0x20);
    private static readonly Color s_disc = new(0x22, 0x27, 0x30);
    private static readonly Color s_glyph = new(0x8b, 0x96, 0xa8);
    private static readonly Color s_slash = new(0xd8, 0x7c, 0x6c);
    private static readonly Color s_name = new(0xee, 0xf1, 0xf6);
    private static readonly Color s_reason = new(0x9d, 0xa7, 0xb7);

    // Letters lower than this cannot be read; the card then does without them.
    private const double SmallestLetters = 9;

    /// <summary>Draws a card.</summary>
    /// <param name="width">Pixels, <see cref="SmallestSide"/> to 7680.</param>
    /// <param name="height">Pixels, <see cref="SmallestSide"/> to 7680.</param>
    /// <param name="name">The camera's name; shortened with an ellipsis where it does not fit in one line.</param>
    /// <param name="reason">
    /// One sentence: why there is no picture. Wraps; left out, as the name is, where letters would be too small to read.
    /// </param>
    /// <returns>An opaque BGRA picture, owned by the caller.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range.</exception>
    /// <exception cref="DrawingException">Cairo or Pango is missing. Without any font the card is drawn without letters.</exception>
    public static FrameBuffer Draw(int width, int height, string name, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TextStyle.LargestWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, TextStyle.LargestWidth);
        FrameBuffer picture = new(FrameLayout.Packed(PixelFormat.Bgra, width, height), ColorMatrix.Bt709, ColorRange.Full);
        try
        {
            using Canvas canvas = new(picture.View);
            canvas.Clear(s_ground);
            Compose(canvas, width, height, OneLine(name), OneLine(reason));
            canvas.Finish();
            return picture;
        }
        catch (DllNotFoundException cause)
        {
            picture.Dispose();
            throw DrawingException.Missing(cause);
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    // Disc, name and reason stand under each other and are centred as one block.
    private static void Compose(Canvas canvas, int width, int height, string name, string reason)
    {
        // On tall pictures the width decides how large things may be.
        double unit = Math.Min(height, width * 0.8);
        double nameSize = unit * 0.062, reasonSize = unit * 0.038;
        using TextLayout? nameLayout = Letters(name, nameSize, "Sans Bold", s_name, (int)(width * 0.84), nameSize * 2);
        int reasonWidth = (int)Math.Min(width * 0.84, unit * 1.15);
        using TextLayout? reasonLayout = Letters(reason, reasonSize, "Sans", s_reason, reasonWidth, height * 0.3);
        bool bare = nameLayout is null && reasonLayout is null;
        double disc = unit * (bare ? 0.6 : 0.3), nameGap = unit * 0.06, reasonGap = unit * 0.028;
        double block = disc
            + (nameLayout is null ? 0 : nameGap + nameLayout.Logical.height)
            + (reasonLayout is null ? 0 : reasonGap + reasonLayout.Logical.height);

        double y = (height - block) / 2;
        CameraOffGlyph.Draw(canvas, width / 2.0, y + disc / 2, disc, s_disc, s_glyph, s_slash);
        y += disc;
        if (nameLayout is not null) y = Place(canvas, nameLayout, s_name, width, y + nameGap);
        if (reasonLayout is not null) Place(canvas, reasonLayout, s_reason, width, y + reasonGap);
    }

    private static TextLayout? Letters(string text, double size, string font, Color color, int maxWidth, double maxHeight)
    {
        if (size < SmallestLetters || text.Length == 0) return null;
        TextStyle style = new()
        {
            Font = font,
            Size = size,
            Color = color,
            MaxWidth = maxWidth,
            MaxHeight = (int)maxHeight,
            Overflow = TextOverflow.Wrap,
            Alignment = TextAlignment.Center,
            LineSpacing = 1.15f,
        };
        try
        {
            return new TextLayout(text, style);
        }
        catch (DrawingException)
        {
            // No font: the symbol alone still says that the camera is off, and a card must always come.
            return null;
        }
    }

    private static double Place(Canvas canvas, TextLayout layout, Color color, int width, double y)
    {
        PangoRectangle lines = layout.Logical;
        canvas.SetColor(color);

        // Whole pixels keep the letters sharp.
        canvas.DrawText(layout, Math.Round((width - lines.width) / 2.0) - lines.x, Math.Round(y) - lines.y);
        return y + lines.height;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
