namespace Camfx.Frames.Queue;

/// <summary>Whether frames may still come. The values are the frame queue's wire values.</summary>
public enum QueueState : uint
{
    /// <summary>Frames may come.</summary>
    Live = 1,

    /// <summary>The producer has closed the queue; no frame will come.</summary>
    Ended = 2,

    /// <summary>A queue of a later generation takes over; the connection brings it.</summary>
    Superseded = 3,
}
