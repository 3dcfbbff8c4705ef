namespace Camfx.PipeWire;

/// <summary>An application that takes frames from a node.</summary>
/// <param name="Application">Its name (<c>application.name</c>), else its node's name.</param>
/// <param name="ProcessId">
/// Its process (<c>application.process.id</c>, else the process that connected to PipeWire, which for browsers is the portal); 0 if
/// PipeWire does not tell.
/// </param>
/// <param name="NodeId">Its node at PipeWire.</param>
public sealed record NodeConsumer(string Application, int ProcessId, uint NodeId);
