using Camfx.DBus;
using Camfx.Effects;
using Camfx.Sources;
using Camfx.Sources.Camera;
using Camfx.Sources.PipeWire;

namespace Camfx.Service.Objects;

/// <summary>What there is to make cameras of, in the form of the bus.</summary>
internal static class Listings
{
    private static readonly BusType<IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> s_keys =
        BusType.Dictionary(BusType.String, BusType.Options);

    public static IEnumerable<(string Uri, string Title, IReadOnlyDictionary<string, Variant> Details)> Sources(
        IReadOnlyList<CameraEntry> cameras, IReadOnlyList<NodeEntry> nodes)
    {
        foreach (CameraEntry camera in cameras)
        {
            yield return (camera.Uri, camera.Node.Card, new Dictionary<string, Variant>(StringComparer.Ordinal)
            {
                ["kind"] = "camera",
                ["path"] = camera.Node.Path,
                ["id"] = camera.Node.StableId,
                ["driver"] = camera.Node.Driver,
                ["bus"] = camera.Node.BusInfo,
            });
        }

        foreach (NodeEntry node in nodes)
            yield return (node.Uri, node.Title, new Dictionary<string, Variant>(StringComparer.Ordinal) { ["kind"] = "pipewire", ["node"] = node.Name });
        foreach (SourceKind kind in SourceKinds.All)
            yield return (kind.Form, kind.Description, new Dictionary<string, Variant>(StringComparer.Ordinal) { ["kind"] = kind.Scheme });
    }

    public static IEnumerable<(string Kind, string Description, IReadOnlyDictionary<string, Variant> Details)> EffectKinds()
    {
        foreach (EffectKind kind in Effects.EffectKinds.All)
        {
            Dictionary<string, IReadOnlyDictionary<string, Variant>> keys = kind.Keys.ToDictionary(static key => key.Name, Describe, StringComparer.Ordinal);
            yield return (kind.Name, kind.Description, new Dictionary<string, Variant>(StringComparer.Ordinal) { ["keys"] = Variant.Of(s_keys, keys) });
        }
    }

    private static IReadOnlyDictionary<string, Variant> Describe(EffectKey key)
    {
        Dictionary<string, Variant> described = new(StringComparer.Ordinal) { ["description"] = key.Description, ["values"] = key.Values };
        if (key.Default is not null) described["default"] = key.Default;
        if (double.IsFinite(key.Least)) described["least"] = key.Least;
        if (double.IsFinite(key.Most)) described["most"] = key.Most;
        if (!key.Words.IsEmpty) described["words"] = Variant.Of(BusType.Array(BusType.String), [.. key.Words]);
        return described;
    }
}
