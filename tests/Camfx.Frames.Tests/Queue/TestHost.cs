using System.Collections.Concurrent;
using Camfx.Frames.Queue;

namespace Camfx.Frames.Tests.Queue;

/// <summary>A camera with one queue, which tells the test who came and went.</summary>
internal sealed class TestHost(FrameQueueWriter queue) : IFrameQueueHost
{
    public FrameQueueWriter Queue { get; set; } = queue;

    public BlockingCollection<FrameQueueClient> Arrivals { get; } = new(new ConcurrentQueue<FrameQueueClient>());

    public BlockingCollection<FrameQueueClient> Departures { get; } = new(new ConcurrentQueue<FrameQueueClient>());

    public FrameQueueWriter? Open(uint fourcc, out string refusal)
    {
        refusal = $"the camera has no '{FourCC.ToString(fourcc)}'";
        return fourcc == 0 || fourcc == PixelFormatInfo.Of(Queue.Layout.Format).FourCC ? Queue : null;
    }

    public void Abandoned(FrameQueueWriter queue)
    {
    }

    public void Attached(FrameQueueClient client) => Arrivals.Add(client);

    public void Detached(FrameQueueClient client) => Departures.Add(client);

    public FrameQueueClient NextArrival() => Take(Arrivals);

    public FrameQueueClient NextDeparture() => Take(Departures);

    private static FrameQueueClient Take(BlockingCollection<FrameQueueClient> events) =>
        events.TryTake(out FrameQueueClient? client, TimeSpan.FromSeconds(20)) ? client : throw new TimeoutException("No consumer came or went.");
}
