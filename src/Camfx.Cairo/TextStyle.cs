namespace Camfx.Cairo;

/// <summary>How a text looks. All lengths are pixels of the picture.</summary>
/// <remarks>Immutable; thread-safe. Compares by value.</remarks>
public sealed record TextStyle
{
    /// <summary>Largest <see cref="Size"/>.</summary>
    public const double LargestSize = 4320;

    /// <summary>Widest picture of a text; <see cref="MaxWidth"/> beyond it means this.</summary>
    public const int LargestWidth = 7680;

    /// <summary>Highest picture of a text; <see cref="MaxHeight"/> beyond it means this.</summary>
    public const int LargestHeight = 4320;

    /// <summary>
    /// Family and style as Pango writes them, e.g. <c>Sans Bold</c> or <c>DejaVu Serif Italic</c>; a family that is not installed is
    /// replaced.
    /// </summary>
    public string Font { get; init; } = "Sans";

    /// <summary>Height of the font's em square, 1 to <see cref="LargestSize"/>.</summary>
    public double Size { get; init; } = 48;

    /// <summary>Colour of the letters.</summary>
    public Color Color { get; init; } = Color.White;

    /// <summary>Width of the line around the letters; 0 for none.</summary>
    public double OutlineWidth { get; init; }

    /// <summary>Colour of the line around the letters.</summary>
    public Color OutlineColor { get; init; } = Color.Black;

    /// <summary>Colour of the shadow; transparent for none.</summary>
    public Color ShadowColor { get; init; } = Color.Transparent;

    /// <summary>How far the shadow lies to the right and below.</summary>
    public double ShadowOffset { get; init; } = 2;

    /// <summary>How far the shadow's edge fades out; 0 for a hard one.</summary>
    public double ShadowBlur { get; init; } = 4;

    /// <summary>Colour of the box behind the text; transparent for none.</summary>
    public Color BackgroundColor { get; init; } = Color.Transparent;

    /// <summary>Space between the text and the picture's edges, at least 0.</summary>
    public double Padding { get; init; }

    /// <summary>Radius of the background box's corners.</summary>
    public double CornerRadius { get; init; }

    /// <summary>How lines of different lengths stand to each other.</summary>
    public TextAlignment Alignment { get; init; }

    /// <summary>Widest line, without padding; 0 for no limit but <see cref="LargestWidth"/>.</summary>
    public int MaxWidth { get; init; }

    /// <summary>Highest text, without padding; what does not fit is left out. 0 for no limit but <see cref="LargestHeight"/>.</summary>
    public int MaxHeight { get; init; }

    /// <summary>What becomes of lines wider than <see cref="MaxWidth"/>.</summary>
    public TextOverflow Overflow { get; init; }

    /// <summary>Distance of the lines as a factor of the font's own.</summary>
    public float LineSpacing { get; init; } = 1;

    /// <summary>
    /// Whether the text is Pango markup (<c>&lt;b&gt;</c>, <c>&amp;amp;</c>); otherwise every character is drawn as it stands.
    /// </summary>
    public bool Markup { get; init; }
}
