namespace Camfx.PipeWire.Graph;

/// <summary>A node as the registry shows it.</summary>
internal readonly record struct GraphNode(string? Name, string? Application, uint? Client);
