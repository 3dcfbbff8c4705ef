using System.Collections.Immutable;

namespace Camfx.PipeWire;

/// <summary>A node as PipeWire's daemon described it at one time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Properties">Everything it tells of itself, e.g. <c>node.name</c>.</param>
/// <param name="Formats">What a source of video offers, the preferred first; empty for other nodes.</param>
public sealed record SnapshotNode(uint Id, IReadOnlyDictionary<string, string> Properties, ImmutableArray<OfferedFormat> Formats)
{
    /// <summary>Whether it says that it is a camera (<c>media.class</c>).</summary>
    public bool IsVideoSource => this["media.class"] == VideoSource;

    internal const string VideoSource = "Video/Source";

    /// <summary>A property; null: it has none of that name.</summary>
    public string? this[string property] => Properties.GetValueOrDefault(property);
}
