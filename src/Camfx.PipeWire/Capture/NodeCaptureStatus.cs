namespace Camfx.PipeWire;

/// <summary>The state of a capture and why it is so.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">PipeWire's words where it is <see cref="NodeCaptureState.Refused"/> or <see cref="NodeCaptureState.Disconnected"/>; else empty.</param>
/// <param name="IsCamera">Whether the node is a camera, which always sends pictures; a screen sends them when something moves.</param>
public sealed record NodeCaptureStatus(NodeCaptureState State, string Reason, bool IsCamera);
