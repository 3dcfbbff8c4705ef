using System.Globalization;

namespace Camfx.PipeWire.Capture;

/// <summary>A node that could be captured, as the registry shows it.</summary>
internal sealed record SeenNode(uint Id, string? Name, string? Description, string? Serial, string Class, uint? Client)
{
    /// <summary>Whether it always sends pictures.</summary>
    public bool IsCamera => Class == SnapshotNode.VideoSource;

    /// <summary>Whether a node of this class sends pictures at all.</summary>
    public static bool Sends(string? kind) => kind is SnapshotNode.VideoSource or "Stream/Output/Video";

    /// <summary>Whether a user means this node.</summary>
    public bool Answers(string target) =>
        Name == target || string.Equals(Description, target, StringComparison.OrdinalIgnoreCase) || Serial == target
            || Id.ToString(CultureInfo.InvariantCulture) == target;
}
