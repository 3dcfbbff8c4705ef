namespace Camfx.Frames.Queue;

/// <summary>What a <see cref="FrameQueueServer"/> asks of the camera and tells it. Every call comes on the server's own thread, one at a time; none may throw.</summary>
public interface IFrameQueueHost
{
    /// <summary>
    /// Gives the queue a consumer asks for, making it if need be. It is wanted from this call on: <see cref="Attached"/> or
    /// <see cref="Abandoned"/> follows at once.
    /// </summary>
    /// <param name="fourcc">The format asked for; 0 for whichever the camera likes best.</param>
    /// <param name="refusal">When the result is null: one sentence that says why.</param>
    FrameQueueWriter? Open(uint fourcc, out string refusal);

    /// <summary>The consumer that <see cref="Open"/> was called for went away before it had its queue.</summary>
    void Abandoned(FrameQueueWriter queue);

    /// <summary>A consumer has its queue: it watches from now on.</summary>
    void Attached(FrameQueueClient client);

    /// <summary>A consumer hung up, was killed, or broke the protocol; its leases are back.</summary>
    void Detached(FrameQueueClient client);
}
