using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Bench.Queue;

/// <summary>TryBegin and Publish of a 1080p queue with one attached reader that does not wait; nothing is drawn.</summary>
internal static class PublishCost
{
    public static double Measure()
    {
        using FrameQueueWriter writer = WakeRun.CreateQueue(FrameLayout.Packed(PixelFormat.I420, 1920, 1080));
        using RemoteConsumer consumer = writer.AddRemoteConsumer(2);
        using FrameQueueReader reader = FrameQueueReader.Attach(writer.Memory, consumer.Control, QueueLimits.Default);
        Publish(writer, 50_000);
        const int frames = 100_000;
        long start = MonotonicClock.Now;
        Publish(writer, frames);
        return (MonotonicClock.Now - start) / 1000.0 / frames;
    }

    private static void Publish(FrameQueueWriter writer, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            if (!writer.TryBegin(out FrameSlot slot)) throw new InvalidOperationException("No slot was found.");
            writer.Publish(slot, new FrameTiming(i, i));
        }
    }
}
