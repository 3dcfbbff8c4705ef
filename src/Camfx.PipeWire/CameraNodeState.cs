namespace Camfx.PipeWire;

/// <summary>What a camera's node at PipeWire does.</summary>
public enum CameraNodeState
{
    /// <summary>There is no PipeWire, or it is just being connected to. The node comes by itself when PipeWire does.</summary>
    Disconnected,

    /// <summary>The node is there and nobody watches.</summary>
    Paused,

    /// <summary>At least one consumer watches.</summary>
    Streaming,

    /// <summary>PipeWire refused the node or its stream broke; the node is made anew after a moment.</summary>
    Failed,
}
