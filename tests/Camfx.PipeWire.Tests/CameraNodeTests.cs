using Camfx.Frames;
using Camfx.PipeWire.Tests.Producer;
using Camfx.PipeWire.Tests.Session;
using Camfx.Posix;

namespace Camfx.PipeWire.Tests;

public class CameraNodeTests
{
    private const long Minute = 60_000_000_000;

    private const int Width = 320;
    private const int Height = 240;
    private const string Name = "camfx-test";

    [SkippableTheory]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.Yuyv)]
    [InlineData(PixelFormat.Bgra)]
    public void Frames_arrive_whole_and_in_order(PixelFormat format)
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        using GstConsumer consumer = new(session, Name, format, Width, Height);
        ushort? last = null;
        for (int i = 0; i < 40; i++)
        {
            ushort? counter = consumer.ReadCounter();
            Assert.NotNull(counter);
            Assert.True(last is null || counter > last, $"frame {counter} came after {last}");
            last = counter;
        }

        Assert.Equal(format, camera.Node.Status.Format);
        Assert.Equal([format], camera.Opened);
    }

    [SkippableFact]
    public void The_consumer_reads_the_memory_of_the_queue_itself()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        using GstConsumer consumer = new(session, Name, PixelFormat.I420, Width, Height);
        Assert.NotNull(consumer.ReadCounter());

        // The consumer maps what it works on. It works on a frame for ever, because nobody reads what it writes.
        string mapping = "";
        MediaSession.Until(() => (mapping = MappingOf(consumer, camera.MemoryInode)).Length > 0, "a mapping of the queue's memory");
        Assert.Contains(" r--s ", mapping, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Two_consumers_watch_at_once()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        using GstConsumer first = new(session, Name, PixelFormat.I420, Width, Height);
        Assert.NotNull(first.ReadCounter());
        using GstConsumer second = new(session, Name, PixelFormat.I420, Width, Height);
        for (int i = 0; i < 30; i++)
        {
            Assert.NotNull(first.ReadCounter());
            Assert.NotNull(second.ReadCounter());
        }

        Assert.Equal([PixelFormat.I420], camera.Opened);
    }

    [SkippableFact]
    public void A_consumer_of_another_format_is_refused_and_disturbs_nobody()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        using GstConsumer first = new(session, Name, PixelFormat.I420, Width, Height);
        Assert.NotNull(first.ReadCounter());
        using GstConsumer other = new(session, Name, PixelFormat.Bgra, Width, Height);
        for (int i = 0; i < 90; i++) Assert.NotNull(first.ReadCounter());

        // With PipeWire 0.3 it ends by itself, with 1 it waits for frames that do not come.
        other.Kill();
        Assert.False(other.HasOutput);
        Assert.Equal(PixelFormat.I420, camera.Node.Status.Format);
        Assert.Equal([PixelFormat.I420], camera.Opened);
    }

    [SkippableFact]
    public void Consumers_one_after_the_other_have_each_their_format()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        PixelFormat[] formats = [PixelFormat.Bgra, PixelFormat.I420, PixelFormat.Yuyv];
        foreach (PixelFormat format in formats)
        {
            using GstConsumer consumer = new(session, Name, format, Width, Height);
            for (int i = 0; i < 5; i++) Assert.NotNull(consumer.ReadCounter());
            Assert.Equal(format, camera.Node.Status.Format);
            consumer.Kill();
            MediaSession.Until(() => camera.Node.Consumers.Count == 0, "the end of the consumer");
        }

        Assert.Equal(formats, camera.Opened);

        // PipeWire 1 takes the format back when the last consumer leaves, 0.3 when the next one wants another.
        Assert.InRange(camera.Closed, formats.Length - 1, formats.Length);
    }

    [SkippableFact]
    public void Consumers_are_told_by_name_and_process()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        using GstConsumer first = new(session, Name, PixelFormat.I420, Width, Height);
        using GstConsumer second = new(session, Name, PixelFormat.I420, Width, Height);
        int[] expected = [.. new[] { first.ProcessId, second.ProcessId }.Order()];
        MediaSession.Until(() => camera.Node.Consumers.Select(consumer => consumer.ProcessId).Order().SequenceEqual(expected), "both consumers");
        Assert.All(camera.Node.Consumers, consumer => Assert.Equal("gst-launch-1.0", consumer.Application));
        first.Kill();
        MediaSession.Until(() => camera.Node.Consumers is [{ } only] && only.ProcessId == second.ProcessId, "the end of the first");
        second.Kill();
        MediaSession.Until(() => camera.Node.Consumers.Count == 0, "the end of the second");
    }

    [SkippableFact]
    public void Killed_consumers_leave_the_node_healthy()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        using (GstConsumer warm = new(session, Name, PixelFormat.I420, Width, Height)) Assert.NotNull(warm.ReadCounter());
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the first pause");
        int files = Directory.GetFiles("/proc/self/fd").Length;
        for (int i = 0; i < 20; i++)
        {
            using GstConsumer consumer = new(session, Name, i % 2 == 0 ? PixelFormat.I420 : PixelFormat.Bgra, Width, Height);
            for (int frame = 0; frame <= i % 3; frame++) Assert.NotNull(consumer.ReadCounter());
            consumer.Kill();
        }

        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the last pause");
        MediaSession.Until(() => Directory.GetFiles("/proc/self/fd").Length <= files + 2, "the end of the files of the dead");
        Assert.Equal(1, camera.Node.Statistics.Connections);
    }

    [SkippableFact]
    public void A_consumer_killed_beside_another_costs_it_nothing()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        using GstConsumer survivor = new(session, Name, PixelFormat.I420, Width, Height);
        Assert.NotNull(survivor.ReadCounter());
        for (int i = 0; i < 20; i++)
        {
            using GstConsumer victim = new(session, Name, PixelFormat.I420, Width, Height);
            Assert.NotNull(victim.ReadCounter());
            victim.Kill();
            for (int frame = 0; frame < 3; frame++) Assert.NotNull(survivor.ReadCounter());
        }

        for (int frame = 0; frame < 60; frame++) Assert.NotNull(survivor.ReadCounter());
        Assert.Equal([PixelFormat.I420], camera.Opened);
    }

    [SkippableFact]
    public void The_node_comes_back_when_PipeWire_does()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = Start(session);
        using (GstConsumer consumer = new(session, Name, PixelFormat.I420, Width, Height))
        {
            Assert.NotNull(consumer.ReadCounter());
            session.KillPipeWire();
            MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Disconnected, "the notice of the loss");
            Assert.Contains("PipeWire", camera.Node.Status.Reason, StringComparison.Ordinal);
        }

        MediaSession.Until(() => camera.Closed == 1, "the end of the queue");
        session.StartPipeWire();
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the node");
        using GstConsumer again = new(session, Name, PixelFormat.Nv12, Width, Height);
        Assert.NotNull(again.ReadCounter());

        // A daemon that is just starting may take a connection and end it again.
        Assert.InRange(camera.Node.Statistics.Connections, 2, 4);
    }

    [SkippableFact]
    public void Without_PipeWire_the_node_waits_for_it()
    {
        using MediaSession session = MediaSession.CreateWithoutPipeWire();
        using CounterCamera camera = new(Options(session));
        camera.Start();
        MediaSession.Until(() => camera.Node.Status.Reason.Contains(session.Socket, StringComparison.Ordinal), "the reason");
        Assert.Equal(CameraNodeState.Disconnected, camera.Node.Status.State);
        session.StartPipeWire();
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the node");
        Assert.Contains($"\"{Name}\"", session.Run("pw-cli", "ls", "Node"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_consumer_gets_the_last_frame_at_once() => Assert.Equal((ushort)0, FirstOfASecondConsumer(age: -Minute, next: null));

    [SkippableFact]
    public void A_consumer_does_not_get_a_frame_of_long_ago() => Assert.Equal((ushort)1, FirstOfASecondConsumer(age: Minute, next: 0));

    /// <summary>The counter that a consumer reads first, after another one has read a frame of that age and gone, and then perhaps one more was published.</summary>
    private static ushort? FirstOfASecondConsumer(long age, long? next)
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = new(Options(session));
        camera.Node.Start();
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the node");
        using (GstConsumer first = new(session, Name, PixelFormat.I420, Width, Height))
        {
            MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Streaming, "the first consumer");
            camera.PublishOne(MonotonicClock.Now - age);
            Assert.Equal((ushort)0, first.ReadCounter());
        }

        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the pause");
        using GstConsumer second = new(session, Name, PixelFormat.I420, Width, Height);
        if (next is not { } late) return second.ReadCounter();
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Streaming, "the second consumer");

        // Longer than a new consumer is offered what is there.
        Thread.Sleep(1000);
        camera.PublishOne(MonotonicClock.Now - late);
        return second.ReadCounter();
    }

    private static string MappingOf(GstConsumer consumer, ulong inode) =>
        consumer.Maps.Split('\n').FirstOrDefault(line => line.Contains($" {inode} ", StringComparison.Ordinal)) ?? "";

    private static CameraNodeOptions Options(MediaSession session) => new(Name, "camfx test", Width, Height, 60) { Socket = session.Socket };

    private static CounterCamera Start(MediaSession session)
    {
        CounterCamera camera = new(Options(session));
        camera.Start();
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the node");
        return camera;
    }
}
