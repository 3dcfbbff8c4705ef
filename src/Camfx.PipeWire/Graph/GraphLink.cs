namespace Camfx.PipeWire.Graph;

/// <summary>A link from one node to another as the registry shows it.</summary>
internal readonly record struct GraphLink(uint OutputNode, uint InputNode);
