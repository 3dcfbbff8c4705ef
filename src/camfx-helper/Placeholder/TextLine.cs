using System.Text;

namespace Camfx.Helper.Placeholder;

/// <summary>One line of text of one size, ready to be drawn row by row.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
internal sealed class TextLine
{
    private readonly List<SetGlyph> _letters = [];
    private readonly float _scale;
    private readonly float _weight;
    private readonly GlyphAtlas _atlas = GlyphAtlas.Instance;

    /// <param name="text">One line; control characters are spaces.</param>
    /// <param name="size">Pixels of the em.</param>
    /// <param name="weight">Pixels that each outline grows by: makes bold letters.</param>
    public TextLine(string text, float size, float weight)
    {
        _scale = size / _atlas.Em;
        _weight = weight;
        Height = (int)Math.Ceiling(_atlas.Rows * _scale);
        float x = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Glyph glyph = _atlas.Find(Rune.IsControl(rune) ? new Rune(' ') : rune);
            _letters.Add(new SetGlyph(glyph, x));
            x += glyph.Advance * _scale + weight;
        }

        Width = x;
    }

    /// <summary>Pixels from the first letter's start to the last one's end.</summary>
    public float Width { get; }

    /// <summary>Rows from the highest accent to the deepest tail, with the room around them.</summary>
    public int Height { get; }

    /// <summary>How wide a text would be, pixels.</summary>
    public static float Measure(string text, float size, float weight) => new TextLine(text, size, weight).Width;

    /// <summary>Draws one row of it.</summary>
    /// <param name="pixels">The picture's row.</param>
    /// <param name="left">Where the line starts.</param>
    /// <param name="row">The row of the line, 0 to <see cref="Height"/> − 1.</param>
    /// <param name="color">0xRRGGBB.</param>
    public void DrawRow(Span<uint> pixels, float left, int row, uint color)
    {
        float y = (row + 0.5f) / _scale;
        foreach ((Glyph glyph, float x) in _letters)
        {
            if (glyph.Columns == 0) continue;
            float start = left + x + glyph.Left * _scale;
            int first = Math.Max(0, (int)Math.Floor(start)), end = Math.Min(pixels.Length, (int)Math.Ceiling(start + glyph.Columns * _scale));
            for (int column = first; column < end; column++)
            {
                float depth = _atlas.Depth(glyph, (column + 0.5f - start) / _scale, y) * _scale + _weight;
                if (depth > -0.5f) pixels[column] = Shade.Over(pixels[column], color, depth + 0.5f);
            }
        }
    }
}
