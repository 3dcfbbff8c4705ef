using System.Text.Json;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Sources;

/// <summary>The built camera with another program's queue as its source, seen through its own queue.</summary>
public sealed class QueueSourceTests
{
    private const long Second = 1_000_000_000;

    /// <summary>Frames a second of the producer: few, so that three of its frame times are longer than a busy machine's hiccups.</summary>
    private const int Rate = 5;

    private const long ThreeFrameTimes = 3 * Second / Rate;

    [SkippableFact]
    public async Task TheProducersFramesAreShownWithTheirCaptureTimes()
    {
        using var camera = new RunningCamera("--source", "queue:other", "--size", "320x180", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        using var producer = new RunningProducer(camera.RuntimeDirectory, "other", 320, 180, 30, luma: 100);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        for (int pictures = 0, frames = 0; pictures < 20; frames++)
        {
            Assert.True(frames < 600, $"only {pictures} of {frames} frames are the producer's");
            FrameLease lease = Next(connection);

            // A producer that does not get its turn on a busy machine is a card for a moment; others look at that.
            if (IsPicture(lease))
            {
                pictures++;
                Assert.Equal((FrameFlags.None, 100, 100), (lease.Flags, Luma(lease, 0, 0), Luma(lease, 319, 179)));
                Assert.InRange(lease.Timing.PresentationTime - lease.Timing.CaptureTime, 0, 20 * Second);
            }

            Assert.True(connection.Reader.Release(lease));
        }

        const long Picture = 320 * 180 * 3 / 2;
        JsonElement line = await camera.WaitForAsync(
            stats => stats.GetProperty("source_copied_bytes").GetInt64() >= 20 * Picture, "the one copy of each frame is counted");
        Assert.Equal(0, line.GetProperty("source_copied_bytes").GetInt64() % Picture);
        Assert.Equal(1, line.GetProperty("source_opened").GetInt64());
    }

    [SkippableFact]
    public async Task AnotherSizeIsLetterBoxedAndAChangeOfItFollowed()
    {
        using var camera = new RunningCamera("--source", "queue:other", "--size", "320x180", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        using var producer = new RunningProducer(camera.RuntimeDirectory, "other", 120, 120, 30, luma: 200);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        FrameLease square = Next(connection);
        Assert.Equal((16, 200, 200, 16), (Luma(square, 0, 90), Luma(square, 160, 0), Luma(square, 160, 179), Luma(square, 319, 90)));
        connection.Reader.Release(square);
        producer.ChangeSize(160, 40);
        await SeeAsync(connection, lease => IsPicture(lease)
            && (Luma(lease, 160, 0), Luma(lease, 0, 90), Luma(lease, 319, 90), Luma(lease, 160, 179)) == (16, 200, 200, 16));
    }

    [SkippableFact]
    public async Task AProducerThatIsKilledBecomesACardInTimeAndComesBackByItself()
    {
        using var camera = new RunningCamera("--source", "queue:other", "--size", "320x180", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        using (var producer = new RunningProducer(camera.RuntimeDirectory, "other", 320, 180, Rate, luma: 100))
        {
            await SeeAsync(connection, IsPicture);
            long killed = MonotonicClock.Now;
            await producer.SignalAsync("KILL");
            await SeeAsync(connection, IsCard);
            Assert.InRange(MonotonicClock.Now - killed, 0, ThreeFrameTimes);
        }

        JsonElement line = await camera.WaitForAsync(stats => Reason(stats).Contains("has ended", StringComparison.Ordinal), "the producer has ended");
        Assert.Equal("placeholder", line.GetProperty("state").GetString());
        using var next = new RunningProducer(camera.RuntimeDirectory, "other", 320, 180, Rate, luma: 50);
        await SeeAsync(connection, lease => IsPicture(lease) && Luma(lease, 0, 0) == 50);
        Assert.InRange(MonotonicClock.Now - next.ReadyAt, -Second, Second / 2);
    }

    [SkippableFact]
    public async Task AProducerThatHangsBecomesACardInTimeAndIsShownWhenItGoesOn()
    {
        using var camera = new RunningCamera("--source", "queue:other", "--size", "320x180", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        using var producer = new RunningProducer(camera.RuntimeDirectory, "other", 320, 180, Rate, luma: 100);
        await SeeAsync(connection, IsPicture);
        long stopped = MonotonicClock.Now;
        await producer.SignalAsync("STOP");
        await SeeAsync(connection, IsCard);
        Assert.InRange(MonotonicClock.Now - stopped, 0, ThreeFrameTimes);
        await camera.WaitForAsync(stats => Reason(stats).Contains("sends no frames", StringComparison.Ordinal), "the producer sends no frames");
        long resumed = MonotonicClock.Now;
        await producer.SignalAsync("CONT");
        await SeeAsync(connection, IsPicture);
        Assert.InRange(MonotonicClock.Now - resumed, 0, Second / 2);
    }

    [SkippableFact]
    public async Task AQueueThatIsNotThereYetIsACardThatSaysSoUntilItComes()
    {
        using var camera = new RunningCamera("--source", "queue:late", "--size", "320x180", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        Assert.Equal(FrameFlags.Placeholder, Next(connection).Flags);
        JsonElement line = await camera.WaitForStateAsync("placeholder");
        Assert.Equal("No program offers the queue 'late' yet. The camera shows it as soon as one does.", Reason(line));
        using var producer = new RunningProducer(camera.RuntimeDirectory, "late", 320, 180, 30, luma: 77);
        await SeeAsync(connection, lease => IsPicture(lease) && Luma(lease, 10, 10) == 77);
    }

    [SkippableTheory]
    [InlineData("queue:")]
    [InlineData("queue:a/b")]
    [InlineData("queue:.hidden")]
    [InlineData("queue:a name of more than thirty-one bytes")]
    [InlineData("queue:other?loop=1")]
    [InlineData("queue:camfx")]
    public async Task WhatCannotBeAQueueIsRefusedInASentence(string source)
    {
        BuiltCamfx.Result result = await BuiltCamfx.RunAsync("run", "--source", source, "--output", "queue", "--duration", "5");
        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^camfx: .*\.\n$", result.Errors);
    }

    private static bool IsCard(FrameLease lease) => lease.Flags == FrameFlags.Placeholder;

    private static bool IsPicture(FrameLease lease) => lease.Flags == FrameFlags.None;

    private static string Reason(JsonElement line) => line.GetProperty("reason").GetString() ?? "";

    private static unsafe int Luma(in FrameLease lease, int x, int y) => lease.View.Row(0, y)[x];

    private static FrameLease Next(FrameQueueConnection connection)
    {
        long deadline = MonotonicClock.Now + 20 * Second;
        while (true)
        {
            Assert.True(connection.Reader.Wait(connection.Reader.LastSequence, deadline), "no frame came");
            if (connection.Reader.TryAcquire(out FrameLease lease)) return lease;
        }
    }

    /// <summary>Looks at each frame until one is as expected.</summary>
    private static Task SeeAsync(FrameQueueConnection connection, Func<FrameLease, bool> isExpected) => Task.Run(() =>
    {
        long deadline = MonotonicClock.Now + 20 * Second;
        for (bool seen = false; !seen;)
        {
            Assert.True(MonotonicClock.Now < deadline, "no such frame came");
            FrameLease lease = Next(connection);
            seen = isExpected(lease);
            connection.Reader.Release(lease);
        }
    });
}
