using System.Collections.Immutable;

namespace Camfx.Configuration;

/// <summary>One effect of a camera, as it is written down: what makes it, not the effect itself.</summary>
/// <param name="Id">Tells it from the camera's other effects; given by whoever makes it, and never another one.</param>
/// <param name="Kind">The kind's name.</param>
/// <param name="Parameters">What was given; keys that were not have their defaults.</param>
/// <param name="Enabled">Whether it is run. One that is not keeps its place, and what it has learnt.</param>
internal sealed record EffectSetting(string Id, string Kind, ImmutableSortedDictionary<string, string> Parameters, bool Enabled = true)
{
    /// <summary>The SPEC it can be written as: <c>kind[:key=value,key=value]</c>, its keys in their order.</summary>
    public string Spec => Parameters.IsEmpty ? Kind : $"{Kind}:{KeyValueList.Format(Parameters)}";

    /// <summary>Reads a SPEC. Whether there is such a kind, and whether it takes these values, is seen when the effect is made.</summary>
    /// <exception cref="CamfxException">The keys and values cannot be read.</exception>
    public static EffectSetting Parse(string id, string spec)
    {
        int colon = spec.IndexOf(':');
        return colon < 0
            ? new EffectSetting(id, spec, NoParameters)
            : new EffectSetting(id, spec[..colon], NoParameters.AddRange(KeyValueList.Parse(spec[(colon + 1)..], spec)));
    }

    /// <summary>Reads the SPECs of a chain; their ids are "1", "2", ….</summary>
    /// <exception cref="CamfxException">The keys and values of one cannot be read.</exception>
    public static ImmutableArray<EffectSetting> ParseAll(IEnumerable<string> specs) => [.. specs.Select((spec, index) => Parse($"{index + 1}", spec))];

    /// <summary>Whether the same effect serves for both: then it is not made anew.</summary>
    public bool MakesSameAs(EffectSetting other) => Id == other.Id && Kind == other.Kind && Parameters.SequenceEqual(other.Parameters);

    // Dictionaries are compared by what is in them.
    public bool Equals(EffectSetting? other) => other is not null && MakesSameAs(other) && Enabled == other.Enabled;

    public override int GetHashCode() => HashCode.Combine(Id, Kind, Parameters.Count, Enabled);

    /// <summary>No keys; in the order all lists of keys have.</summary>
    public static ImmutableSortedDictionary<string, string> NoParameters { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
