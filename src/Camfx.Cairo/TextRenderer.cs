using Camfx.Frames;

namespace Camfx.Cairo;

/// <summary>Turns text into pictures with Pango and cairo: any script, several lines, outline, shadow, box.</summary>
/// <remarks>
/// Thread-safe. Pango keeps a font cache for each thread that draws text, so use few. The first call loads the libraries and the fonts
/// (tens of milliseconds), later ones take a few: a text is drawn when it changes, never in a frame.
/// </remarks>
public static class TextRenderer
{
    // A soft edge is this many strokes, each narrower than the one before.
    private const int ShadowSteps = 8;

    /// <summary>
    /// Draws <paramref name="text"/>, as large as it comes out, on a transparent ground. An empty text is a picture of its padding (at
    /// least 1x1). Characters that no installed font has are drawn as boxes with their code.
    /// </summary>
    /// <returns>A straight-alpha BGRA picture, owned by the caller, at most <see cref="TextStyle.LargestWidth"/> x
    /// <see cref="TextStyle.LargestHeight"/>; what would lie beyond is cut off.</returns>
    /// <exception cref="DrawingException">The libraries or all fonts are missing, or the markup is wrong.</exception>
    public static FrameBuffer Render(string text, TextStyle style)
    {
        try
        {
            using TextLayout layout = new(text, style);
            TextBox box = TextBox.Around(layout, style);
            FrameBuffer picture = new(FrameLayout.Packed(PixelFormat.Bgra, box.Width, box.Height), ColorMatrix.Bt709, ColorRange.Full);
            try
            {
                Draw(picture.View, layout, box, style);
                return picture;
            }
            catch
            {
                picture.Dispose();
                throw;
            }
        }
        catch (DllNotFoundException cause)
        {
            throw DrawingException.Missing(cause);
        }
    }

    private static void Draw(in FrameView picture, TextLayout layout, in TextBox box, TextStyle style)
    {
        using Canvas canvas = new(picture);
        if (style.BackgroundColor.Alpha > 0)
        {
            canvas.SetColor(style.BackgroundColor);
            canvas.RoundedRectangle(0, 0, box.Width, box.Height, style.CornerRadius);
            canvas.Fill();
        }

        if (style.ShadowColor.Alpha > 0) DrawShadow(canvas, layout, box, style);
        if (style.OutlineWidth > 0 && style.OutlineColor.Alpha > 0)
        {
            canvas.TextPath(layout, box.OriginX, box.OriginY);
            canvas.SetColor(style.OutlineColor);

            // Half of a stroke lies inside the letters, where the letters cover it.
            canvas.Stroke(2 * style.OutlineWidth);
        }

        canvas.SetColor(style.Color);
        canvas.DrawText(layout, box.OriginX, box.OriginY);
        canvas.Finish();
        Premultiplied.ToStraight(picture);
    }

    // Cairo has no blur. Strokes of falling width laid over each other, each letting a little more through, come close to one and need no
    // pixel loop.
    private static void DrawShadow(Canvas canvas, TextLayout layout, in TextBox box, TextStyle style)
    {
        double x = box.OriginX + style.ShadowOffset, y = box.OriginY + style.ShadowOffset, core = Math.Max(0, style.OutlineWidth);
        canvas.BeginGroup();
        canvas.TextPath(layout, x, y);
        if (style.ShadowBlur > 0)
        {
            canvas.SetColor(style.ShadowColor with { Alpha = 255 / ShadowSteps });
            for (int step = ShadowSteps; step >= 1; step--)
                canvas.StrokePreserve(2 * (core + style.ShadowBlur * step / ShadowSteps));
        }

        canvas.SetColor(style.ShadowColor with { Alpha = 255 });
        if (core > 0) canvas.Stroke(2 * core);
        canvas.NewPath();
        canvas.DrawText(layout, x, y);
        canvas.EndGroup(style.ShadowColor.Alpha / 255.0);
    }
}
