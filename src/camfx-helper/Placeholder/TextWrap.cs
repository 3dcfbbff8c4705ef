using System.Text;

namespace Camfx.Helper.Placeholder;

/// <summary>Breaks a text into lines, at spaces where it can; what does not fit ends in an ellipsis.</summary>
internal static class TextWrap
{
    private const string Ellipsis = "\u2026";

    /// <param name="text">The text; line breaks count as spaces.</param>
    /// <param name="width">What a line may measure.</param>
    /// <param name="most">Lines at most.</param>
    /// <param name="measure">The width of a text.</param>
    public static List<string> Lines(string text, float width, int most, Func<string, float> measure)
    {
        List<string> lines = [];
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string line = "";
        foreach (string word in words)
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length == 0 || measure(longer) <= width)
            {
                line = longer;
                continue;
            }

            lines.Add(line);
            line = word;
        }

        if (line.Length > 0) lines.Add(line);
        if (lines.Count > most)
        {
            lines[most - 1] += Ellipsis;
            lines.RemoveRange(most, lines.Count - most);
        }

        for (int i = 0; i < lines.Count; i++) lines[i] = Shorten(lines[i], width, measure);
        return lines;
    }

    private static string Shorten(string line, float width, Func<string, float> measure)
    {
        if (measure(line) <= width) return line;
        List<Rune> runes = [.. line.EnumerateRunes()];
        while (runes.Count > 0)
        {
            runes.RemoveAt(runes.Count - 1);
            string shorter = string.Concat(runes).TrimEnd() + Ellipsis;
            if (measure(shorter) <= width) return shorter;
        }

        return "";
    }
}
