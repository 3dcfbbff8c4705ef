namespace Camfx.Frames.Queue;

/// <summary>What <see cref="FrameQueueConnection.Wait"/> waited for.</summary>
public enum QueueEvent
{
    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>A newer frame is there.</summary>
    Frame,

    /// <summary>The camera has another queue now: <see cref="FrameQueueConnection.Reader"/> is a new one.</summary>
    NewQueue,

    /// <summary>The producer closed the queue or is gone. Connect again to find it when it is back.</summary>
    Ended,
}
