using System.Text;

namespace Camfx.Cli;

/// <summary>Rows under their heads, in columns.</summary>
internal static class TextTable
{
    /// <summary>The table; where there is no row, a sentence.</summary>
    public static string Of(string[] heads, IEnumerable<string[]> rows, string otherwise)
    {
        List<string[]> all = [heads, .. rows];
        if (all.Count == 1) return otherwise + "\n";
        int[] widths = [.. Enumerable.Range(0, heads.Length).Select(column => all.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in all)
        {
            for (int column = 0; column < row.Length - 1; column++) text.Append(row[column].PadRight(widths[column] + 2));
            text.Append(row[^1]).Append('\n');
        }

        return text.ToString();
    }
}
