using Camfx.Frames.Queue;

namespace Camfx.Bench.Queue;

/// <summary>A camera with one queue.</summary>
internal sealed class BenchHost(FrameQueueWriter queue) : IFrameQueueHost
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
