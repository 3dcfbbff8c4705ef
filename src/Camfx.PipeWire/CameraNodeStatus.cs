using Camfx.Frames;

namespace Camfx.PipeWire;

/// <summary>The state of a node and why it is so.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">One sentence, without its full stop, once it is <see cref="CameraNodeState.Disconnected"/> or <see cref="CameraNodeState.Failed"/>; else empty.</param>
/// <param name="NodeId">The node's id at PipeWire (<c>pw-cli ls Node</c>), or null while there is none.</param>
/// <param name="Format">The format agreed upon, <see cref="PixelFormat.Unknown"/> while there is none.</param>
public sealed record CameraNodeStatus(CameraNodeState State, string Reason, uint? NodeId, PixelFormat Format);
