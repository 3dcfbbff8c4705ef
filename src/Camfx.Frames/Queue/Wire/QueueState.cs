namespace Camfx.Frames.Queue.Wire;

/// <summary>The header's <c>state</c>.</summary>
internal enum QueueState : uint
{
    /// <summary>Frames may come.</summary>
    Live = 1,

    /// <summary>The producer has closed the queue; no frame will come.</summary>
    Ended = 2,

    /// <summary>A queue of a later generation takes over: wait for its WELCOME on the socket.</summary>
    Superseded = 3,
}
