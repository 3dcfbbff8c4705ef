namespace Camfx.PipeWire;

/// <summary>How a capture stands to its node.</summary>
public enum NodeCaptureState
{
    /// <summary>It is not known yet whether the node is there.</summary>
    Connecting,

    /// <summary>There is no such node; when it comes it is taken.</summary>
    Missing,

    /// <summary>The node was there and has gone; when it is back it is taken again.</summary>
    Gone,

    /// <summary>The node is this process's own, and is not taken.</summary>
    Own,

    /// <summary>The node is linked; its pictures come, or will.</summary>
    Linked,

    /// <summary>PipeWire does not link the node; it is tried again.</summary>
    Refused,

    /// <summary>The connection to the daemon is lost or could not be made; this capture is at its end.</summary>
    Disconnected,
}
