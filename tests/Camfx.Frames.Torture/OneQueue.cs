using Camfx.Frames.Queue;

namespace Camfx.Frames.Torture;

/// <summary>A camera of one queue, for whoever asks.</summary>
internal sealed class OneQueue(FrameQueueWriter queue) : IFrameQueueHost
{
    public FrameQueueWriter? Open(uint fourcc, out string refusal)
    {
        refusal = "";
        return queue;
    }

    public void Abandoned(FrameQueueWriter queue)
    {
    }

    public void Attached(FrameQueueClient client)
    {
    }

    public void Detached(FrameQueueClient client)
    {
    }
}
