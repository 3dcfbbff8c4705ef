using Camfx.Frames;
using Camfx.Frames.Queue;

namespace Camfx.PipeWire;

/// <summary>Who has the queues of a camera. PipeWire's buffers are the slots of one of them.</summary>
/// <remarks>Both members are called on the node's thread; they should not take long, and never dispose the node.</remarks>
public interface IFrameQueueHost
{
    /// <summary>A consumer has agreed on <paramref name="format"/>: gives the queue that carries it at the camera's size.</summary>
    /// <returns>A queue with <see cref="CameraNodeOptions.Share"/> leases to spare; it stays open until <see cref="CloseQueue"/>.</returns>
    FrameQueueWriter OpenQueue(PixelFormat format);

    /// <summary>PipeWire does not need the queue any more; nothing of it is held.</summary>
    void CloseQueue(FrameQueueWriter queue);
}
