using System.Globalization;

namespace Camfx.Effects;

/// <summary>The values given to one effect, checked against its kind's keys and filled up with their defaults.</summary>
internal sealed class EffectValues
{
    private readonly EffectKind _kind;
    private readonly Dictionary<string, string> _values;

    /// <exception cref="CamfxException">A key the kind does not have, or a required key is missing.</exception>
    public EffectValues(EffectKind kind, Dictionary<string, string> values)
    {
        _kind = kind;
        _values = values;
        foreach (string key in values.Keys)
        {
            if (!kind.Keys.Any(known => known.Name == key))
            {
                string keys = kind.Keys.IsEmpty ? "none" : string.Join(", ", kind.Keys.Select(known => known.Name));
                throw CamfxException.Usage($"The effect '{kind.Name}' has no key '{key}'; its keys are: {keys}.");
            }
        }

        foreach (EffectKey key in kind.Keys)
        {
            if (key.Default is null && !values.ContainsKey(key.Name))
                throw CamfxException.Usage($"The effect '{kind.Name}' needs '{key.Name}' ({key.Description}); write {kind.Name}:{key.Name}=….");
        }
    }

    /// <summary>The value as it was written, or the default.</summary>
    public string Text(string key) => _values.TryGetValue(key, out string? value) ? value : Key(key).Default!;

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <exception cref="CamfxException">Not a number, or out of range.</exception>
    public double Number(string key, double least, double most) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : throw Refuse(key);

    /// <summary>One of the words listed.</summary>
    /// <exception cref="CamfxException">Another word.</exception>
    public string Word(string key, params ReadOnlySpan<string> allowed)
    {
        string text = Text(key);
        foreach (string word in allowed)
            if (word == text) return text;
        throw Refuse(key);
    }

    /// <summary>The sentence for a value that cannot be taken.</summary>
    public CamfxException Refuse(string key) =>
        CamfxException.Usage($"The effect '{_kind.Name}' cannot take {key}={Text(key)}; it takes {Key(key).Values}.");

    private EffectKey Key(string name) => _kind.Keys.First(key => key.Name == name);
}
