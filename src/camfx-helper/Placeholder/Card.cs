namespace Camfx.Helper.Placeholder;

/// <summary>The composition of one placeholder: the sign, the name, the state, the reason, centred under each other.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
internal sealed class Card
{
    /// <summary>The colour between the parts.</summary>
    public const uint Ground = 0x171a20;

    private const uint NameColor = 0xeef1f6, StateColor = 0xd87c6c, ReasonColor = 0x9da7b7;

    // Lower letters cannot be read; the card then does without them.
    private const float SmallestLetters = 9;

    private readonly CameraOffSign _sign;
    private readonly List<CardLine> _lines = [];

    public Card(int width, int height, CardText text)
    {
        // On tall pictures the width decides how large things may be.
        float unit = Math.Min(height, width * 0.8f);
        List<CardLine> lines = [];
        Add(lines, text.Name, unit * 0.062f, unit * 0.0016f, unit * 0.03f, width, 1, NameColor);
        Add(lines, text.State, unit * 0.044f, unit * 0.0011f, unit * 0.004f, width, 1, StateColor);
        Add(lines, text.Reason, unit * 0.036f, 0, unit * 0.008f, width, 3, ReasonColor);

        float disc = unit * (lines.Count == 0 ? 0.6f : 0.3f), block = disc;
        foreach (CardLine line in lines) block += line.Gap + line.Line.Height;
        float y = (height - block) / 2;
        _sign = new CameraOffSign(width / 2f, y + disc / 2, disc);
        y += disc;
        foreach (CardLine line in lines)
        {
            y += line.Gap;
            _lines.Add(line with { Left = (width - line.Line.Width) / 2, Top = (int)y });
            y += line.Line.Height;
        }
    }

    /// <summary>Draws one row over the ground.</summary>
    /// <returns>False: the row is nothing but ground.</returns>
    public bool DrawRow(Span<uint> pixels, int row)
    {
        bool drawn = false;
        if (row >= _sign.Top && row < _sign.Bottom)
        {
            _sign.DrawRow(pixels, row);
            drawn = true;
        }

        foreach (CardLine line in _lines)
        {
            if (row < line.Top || row >= line.Top + line.Line.Height) continue;
            line.Line.DrawRow(pixels, line.Left, row - line.Top, line.Color);
            drawn = true;
        }

        return drawn;
    }

    private static void Add(List<CardLine> lines, string text, float size, float weight, float gap, int width, int most, uint color)
    {
        if (size < SmallestLetters) return;
        foreach (string part in TextWrap.Lines(text, width * 0.84f, most, part => TextLine.Measure(part, size, weight)))
        {
            lines.Add(new CardLine(new TextLine(part, size, weight), gap, color));
            gap = 0;
        }
    }
}
