using Camfx.Frames.Queue;

namespace Camfx.Frames.Tests.Queue;

/// <summary>Consumers that come and go leave no descriptor and no mapping. Counted for the whole process, so no other test runs beside these.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class FootprintTests
{
    private const int Cycles = 10_000;

    [Fact]
    public void AttachingAndDetachingLeavesNothingBehind()
    {
        using FrameQueueWriter writer = Queues.Writer();
        Queues.PublishOne(writer);
        AssertNothingStays(() =>
        {
            using RemoteConsumer consumer = writer.AddRemoteConsumer(2);
            using FrameQueueReader reader = FrameQueueReaderTests.Attach(writer, consumer);
            Assert.True(reader.TryAcquire(out _));
        });
    }

    [Fact]
    public void ConnectingAndHangingUpLeavesNothingBehind()
    {
        using var camera = new TestCamera();
        Queues.PublishOne(camera.Writer);
        AssertNothingStays(() =>
        {
            using (FrameQueueConnection connection = FrameQueueConnection.Connect(camera.Path))
                Assert.True(connection.Reader.TryAcquire(out _));
            camera.Host.NextDeparture();
        });
    }

    private static void AssertNothingStays(Action cycle)
    {
        for (int i = 0; i < 10; i++) cycle();
        (int descriptors, int mappings) = ProcessFootprint.Now();
        for (int i = 0; i < Cycles; i++) cycle();
        (int descriptorsAfter, int mappingsAfter) = ProcessFootprint.Now();

        // Fewer is fine: the collector closes what earlier tests left. The two of room are the runtime's own.
        Assert.InRange(descriptorsAfter - descriptors, int.MinValue, 2);
        Assert.InRange(mappingsAfter - mappings, int.MinValue, 2);
    }
}

/// <summary>Tests that count what the whole process holds: they run when no other test does.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
