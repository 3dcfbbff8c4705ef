using System.Text;

namespace Camfx.Configuration;

/// <summary>Reads and writes <c>key=value,key="value, with a comma"</c>: the tail of an effect SPEC.</summary>
internal static class KeyValueList
{
    /// <summary>The pairs in the order written; a key without <c>=</c> has the value <c>1</c>.</summary>
    /// <exception cref="CamfxException">A quote that is not closed, an empty key, or a key written twice.</exception>
    public static Dictionary<string, string> Parse(string text, string whole)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            while (at < text.Length && text[at] is not ('=' or ',')) at++;
            string key = text[start..at].Trim();
            if (key.Length == 0) throw CamfxException.Usage($"'{whole}' has an empty key; write kind:key=value,key=value.");
            string value = "1";
            if (at < text.Length && text[at] == '=')
            {
                at++;
                value = ReadValue(text, ref at, whole);
            }

            if (!pairs.TryAdd(key, value)) throw CamfxException.Usage($"'{whole}' gives '{key}' twice; give it once.");
            if (at < text.Length) at++;
        }

        return pairs;
    }

    /// <summary>Writes pairs so that <see cref="Parse"/> reads the same ones again.</summary>
    public static string Format(IEnumerable<KeyValuePair<string, string>> pairs) => string.Join(',', pairs.Select(pair => $"{pair.Key}={Quote(pair.Value)}"));

    private static string Quote(string value) => value.AsSpan().ContainsAny(",\"")
        ? $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : value;

    /// <summary>A value ends at a comma; inside double quotes it does not, and a backslash keeps the next character.</summary>
    private static string ReadValue(string text, ref int at, string whole)
    {
        var value = new StringBuilder();
        bool quoted = false;
        for (; at < text.Length; at++)
        {
            char character = text[at];
            if (character == '"') quoted = !quoted;
            else if (character == '\\' && quoted && at + 1 < text.Length) value.Append(text[++at]);
            else if (character == ',' && !quoted) break;
            else value.Append(character);
        }

        return quoted ? throw CamfxException.Usage($"'{whole}' opens a quote and does not close it.") : value.ToString();
    }
}
