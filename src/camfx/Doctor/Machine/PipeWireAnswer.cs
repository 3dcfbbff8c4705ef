using Camfx.PipeWire;

namespace Camfx.Doctor.Machine;

/// <summary>What PipeWire's daemon said.</summary>
/// <param name="Graph">Its nodes and clients; null: it did not answer.</param>
/// <param name="WhyNot">Why there is no graph; null where there is one.</param>
/// <param name="IsInstalled">Whether libpipewire is there to ask with.</param>
internal sealed record PipeWireAnswer(GraphSnapshot? Graph, string? WhyNot = null, bool IsInstalled = true)
{
    /// <summary>The nodes that apps could take for cameras.</summary>
    public IEnumerable<SnapshotNode> Sources => Graph?.Nodes.Where(static node => node.IsVideoSource) ?? [];
}
