namespace Camfx.PipeWire;

/// <summary>What became of the frames offered to PipeWire since the node was made.</summary>
/// <param name="Sent">Frames handed over.</param>
/// <param name="Skipped">
/// Frames not handed over because PipeWire's consumers still held the node's whole share of slots. The queue went on.
/// </param>
/// <param name="Reclaimed">Buffers taken back from consumers that died with them, or that held the whole share for more than 500 ms.</param>
/// <param name="Connections">Times the node was announced to a PipeWire daemon; more than one after restarts.</param>
public readonly record struct CameraNodeStatistics(long Sent, long Skipped, long Reclaimed, long Connections);
