using Camfx.Frames;
using Camfx.PipeWire.Tests.Producer;
using Camfx.PipeWire.Tests.Session;

namespace Camfx.PipeWire.Tests;

/// <summary>All threads of the process are counted, the control loop's too: no other test may run beside this one.</summary>
[Collection(nameof(AloneInTheProcess))]
public class AllocationTests
{
    private const string Name = "camfx-test";
    private const int Windows = 6, FramesInWindow = 100;

    // The smallest object has 24 bytes: one of them a frame.
    private const long OneObjectAFrame = FramesInWindow * 24;

    [SkippableFact]
    public void A_frame_allocates_nothing()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = new(new CameraNodeOptions(Name, "camfx test", 320, 240, 60) { Socket = session.Socket });
        camera.Node.Start();
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the node");
        using GstConsumer consumer = new(session, Name, PixelFormat.I420, 320, 240, readable: false);
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Streaming, "the consumer");
        long least = long.MaxValue;
        for (int window = 0; window < Windows; window++)
        {
            // The test host's own threads add something in some windows.
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < FramesInWindow; i++)
            {
                camera.PublishOne();
                Thread.Sleep(2);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, OneObjectAFrame - 1);
        Assert.True(camera.Node.Statistics.Sent > 300, "frames went out");
    }
}

/// <summary>Tests of this collection run when no other test does.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
