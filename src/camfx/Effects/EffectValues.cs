using System.Globalization;
using Camfx.Cairo;

namespace Camfx.Effects;

/// <summary>The values given to one effect, checked against its kind's keys and filled up with their defaults.</summary>
internal sealed class EffectValues
{
    private readonly EffectKind _kind;
    private readonly IReadOnlyDictionary<string, string> _values;

    /// <exception cref="CamfxException">A key the kind does not have, or a required key is missing.</exception>
    public EffectValues(EffectKind kind, IReadOnlyDictionary<string, string> values)
    {
        _kind = kind;
        _values = values;
        foreach (string key in values.Keys)
        {
            if (kind.Keys.Any(known => known.Name == key)) continue;
            string keys = string.Join(", ", kind.Keys.Select(known => known.Name));
            throw CamfxException.Usage(kind.Keys.IsEmpty
                ? $"The effect '{kind.Name}' takes no keys and cannot take '{key}'; write {kind.Name} alone."
                : $"The effect '{kind.Name}' has no key '{key}'; its keys are: {keys}.");
        }

        foreach (EffectKey key in kind.Keys)
        {
            if (key.Default is not null || values.ContainsKey(key.Name)) continue;
            throw CamfxException.Usage(
                $"The effect '{kind.Name}' needs '{key.Name}' ({key.Description}); write {kind.Name}:{key.Name}=….");
        }
    }

    /// <summary>Whether the user gave the key.</summary>
    public bool IsGiven(string key) => _values.ContainsKey(key);

    /// <summary>The value as it was written, or the default.</summary>
    public string Text(string key) => _values.TryGetValue(key, out string? value) ? value : Key(key).Default!;

    /// <summary>A number in the range its key declares.</summary>
    /// <exception cref="CamfxException">Not a number, or out of range.</exception>
    public double Number(string key)
    {
        EffectKey declared = Key(key);
        return double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= declared.Least && value <= declared.Most
            ? value
            : throw Refuse(key);
    }

    /// <summary>One of the words its key declares.</summary>
    /// <exception cref="CamfxException">Another word.</exception>
    public string Word(string key) => Key(key).Words.Contains(Text(key)) ? Text(key) : throw Refuse(key);

    /// <summary>Whether a switch is on.</summary>
    /// <exception cref="CamfxException">Neither 0 nor 1.</exception>
    public bool Switch(string key) => Word(key) == "1";

    /// <summary>Pixels or percent.</summary>
    /// <exception cref="CamfxException">Not a number, or one beyond all pictures.</exception>
    public Extent Extent(string key) => Effects.Extent.TryParse(Text(key), out Extent extent) ? extent : throw Refuse(key);

    /// <summary>A colour.</summary>
    /// <exception cref="CamfxException">Not a colour.</exception>
    public Color Color(string key) => Cairo.Color.TryParse(Text(key), out Color color) ? color : throw Refuse(key);

    /// <summary>The sentence for a value that cannot be taken.</summary>
    public CamfxException Refuse(string key) =>
        CamfxException.Usage($"The effect '{_kind.Name}' cannot take {key}={Text(key)}; it takes {Key(key).Values}.");

    private EffectKey Key(string name) => _kind.Keys.First(key => key.Name == name);
}
