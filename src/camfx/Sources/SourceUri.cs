namespace Camfx.Sources;

/// <summary>A source URI taken apart: <c>scheme:path?key=value&amp;key=value</c>.</summary>
internal sealed class SourceUri
{
    private readonly Dictionary<string, string> _query;

    private SourceUri(string text, string scheme, string path, Dictionary<string, string> query)
    {
        Text = text;
        Scheme = scheme;
        Path = path;
        _query = query;
    }

    /// <summary>The URI as it was written.</summary>
    public string Text { get; }

    /// <summary>What stands before the first colon.</summary>
    public string Scheme { get; }

    /// <summary>What stands between the colon and the question mark.</summary>
    public string Path { get; }

    /// <summary>The keys behind the question mark.</summary>
    public IEnumerable<string> Keys => _query.Keys;

    /// <summary>Takes a URI apart. A path that contains a question mark itself is written with <c>%3F</c>.</summary>
    /// <exception cref="CamfxException">There is no scheme, or the query is no list of pairs.</exception>
    public static SourceUri Parse(string text)
    {
        int colon = text.IndexOf(':');
        if (colon <= 0)
            throw CamfxException.Usage($"The source '{text}' has no scheme; write for example test:smpte, file:clip.mp4 or image:photo.png.");
        int question = text.IndexOf('?', colon);
        string path = question < 0 ? text[(colon + 1)..] : text[(colon + 1)..question];
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        if (question >= 0)
        {
            foreach (string pair in text[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = pair.IndexOf('=');
                if (equals <= 0) throw CamfxException.Usage($"The source '{text}' has '{pair}' where key=value is expected.");
                query[pair[..equals]] = Uri.UnescapeDataString(pair[(equals + 1)..]);
            }
        }

        return new SourceUri(text, text[..colon], path.Replace("%3F", "?", StringComparison.OrdinalIgnoreCase), query);
    }

    /// <summary>A key's value, or null.</summary>
    public string? Value(string key) => _query.GetValueOrDefault(key);

    /// <summary>Refuses keys this kind of source does not have.</summary>
    /// <exception cref="CamfxException">There is another key.</exception>
    public void AllowKeys(params ReadOnlySpan<string> allowed)
    {
        foreach (string key in Keys)
        {
            if (!allowed.Contains(key))
            {
                string keys = allowed.IsEmpty ? "it has none" : $"its keys are: {string.Join(", ", allowed!)}";
                throw CamfxException.Usage($"The source '{Text}' has no key '{key}'; {keys}.");
            }
        }
    }
}
