using System.Collections.Immutable;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Helper.Devices;
using Camfx.Posix;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Helper.Tests.Devices;

public sealed class DeviceWriterTests
{
    private static readonly LoopbackVersion s_newest = new(0, 15, 4);

    public static TheoryData<string> Versions { get; } = ["0.12.7", "0.13.2", "0.14.0", "0.15.4"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_placeholder_streams_from_the_first_moment_at_five_frames_a_second(string text)
    {
        Assert.True(LoopbackVersion.TryParse(text, out LoopbackVersion version));
        using WriterRig rig = WriterRig.OnLoopback(version, out ImmutableArray<FakeLoopback> nodes);
        Assert.True(nodes[0].IsCamera, "an app that looks now sees no camera");
        long before = nodes[0].FramesShown;
        rig.Pass(2000);
        Assert.True(nodes[0].FramesShown - before >= 10, $"{nodes[0].FramesShown - before} placeholders in 2 s");
        Assert.Equal("placeholder", rig.Log.Last.State);
        Assert.True(IsCard(nodes[0].NewestFrame));
    }

    [Fact]
    public void Times_only_ever_grow()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        List<long> times = [];
        nodes[0].FrameShown = (_, time) => times.Add(time);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue queue = rig.NewQueue();
        rig.Attach(queue.Attach());
        for (byte i = 1; i < 30; i++)
        {
            if (i % 7 != 0) queue.Publish(i);
            rig.NextFrame();
        }

        rig.Pass(1000);
        Assert.True(times.Count > 25);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using WriterRig rig = new(static () => [new TestOutput(null)]);
        Assert.Null(rig.Writer.TryOpen());
        TestQueue queue = rig.NewQueue();
        Assert.Null(rig.Attach(queue.Attach()));
        long allocated = 0;
        for (byte i = 0; i < 200; i++)
        {
            queue.Publish(i);
            rig.Clock.Pass(34);
            long before = GC.GetAllocatedBytesForCurrentThread();
            rig.Writer.Step();
            if (i >= 50) allocated += GC.GetAllocatedBytesForCurrentThread() - before; // The first ones are compiled.
        }

        Assert.Equal(200, rig.Writer.Counters.Frames);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Frames_are_left_alone_until_somebody_watches()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        TestQueue queue = rig.NewQueue();
        Assert.Null(rig.Attach(queue.Attach()));
        queue.Publish(7);
        rig.Pass(500);
        Assert.True(IsCard(nodes[0].NewestFrame));
        Assert.False(rig.Log.Last.Watched);
        Assert.Equal("streaming", rig.Log.Last.State);
        rig.Pass(1500);
        Assert.Equal("placeholder", rig.Log.Last.State);
        Assert.Equal(0, rig.Writer.Counters.Frames);
        using VideoCapture app = rig.Watch(nodes[0]);
        rig.Writer.Step();
        AssertFlat(7, nodes[0]);
        Assert.Equal("streaming", rig.Log.Last.State);
        queue.Publish(8);
        rig.NextFrame();
        AssertFlat(8, nodes[0]);
        Assert.Equal(2, rig.Writer.Counters.Frames);
        Assert.Equal(0, rig.Writer.Counters.CopiedBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_app_keeps_a_placeholder_of_a_device_that_ends_and_the_picture_of_one_that_is_taken_over(bool leave)
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue queue = rig.NewQueue();
        Assert.Null(rig.Attach(queue.Attach()));
        queue.Publish(7);
        rig.NextFrame();
        AssertFlat(7, nodes[0]);
        rig.Writer.Detach("It was stopped.");
        rig.Writer.Stop(leave);
        rig.Writer.Step();
        rig.Writer.Finish();
        Assert.Equal(!leave, IsCard(nodes[0].NewestFrame));
    }

    [Fact]
    public void Watched_follows_the_app_after_a_tenth_of_a_second_and_after_two()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        VideoCapture app = rig.Watch(nodes[0]);
        rig.Writer.Step();
        rig.Pass(90);
        Assert.DoesNotContain(rig.Log.Statuses, status => status.Watched);
        rig.Pass(20);
        Assert.True(rig.Log.Last.Watched);
        app.Dispose();
        rig.Pass(1900);
        Assert.True(rig.Log.Last.Watched);
        rig.Pass(150);
        Assert.False(rig.Log.Last.Watched);
    }

    [Fact]
    public void A_queue_takes_the_place_of_another_between_two_frames()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue first = rig.NewQueue(), second = rig.NewQueue();
        rig.Attach(first.Attach());
        first.Publish(1);
        rig.NextFrame();
        AssertFlat(1, nodes[0]);
        second.Publish(2);
        List<byte[]> shown = [];
        nodes[0].FrameShown = (frame, _) => shown.Add(frame);
        rig.Attach(second.Attach());
        rig.NextFrame();
        AssertFlat(2, nodes[0]);
        Assert.All(shown.Take(shown.Count - 1), frame => Assert.True(IsCard(frame) || IsFlat(1, frame)));
        Assert.Equal(0, first.Leased);
    }

    [Fact]
    public void The_placeholder_comes_back_at_once_when_the_queue_is_detached()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue queue = rig.NewQueue();
        rig.Attach(queue.Attach());
        queue.Publish(1);
        rig.NextFrame();
        rig.Writer.Detach(null);
        rig.Writer.Step();
        Assert.True(IsCard(nodes[0].NewestFrame));
        Assert.Equal(0, queue.Leased);
    }

    [Theory]
    [InlineData(30, 100)]
    [InlineData(15, 200)]
    public void A_producer_that_hangs_is_replaced_before_its_third_frame_time_is_over_and_comes_back(int rate, int thirdFrameTimeMs)
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue queue = rig.NewQueue(frameRate: rate);
        rig.Attach(queue.Attach());
        queue.Publish(1);
        rig.NextFrame();
        AssertFlat(1, nodes[0]);
        rig.Pass(1000 / rate * 2);
        AssertFlat(1, nodes[0]);
        rig.Pass(thirdFrameTimeMs - 1000 / rate * 2 - 1);
        Assert.True(IsCard(nodes[0].NewestFrame));
        Assert.Contains("no frames", rig.Log.Last.Reason, StringComparison.Ordinal);
        Assert.Empty(rig.Log.Detachments);
        rig.Pass(3000);
        queue.Publish(2);
        rig.NextFrame();
        AssertFlat(2, nodes[0]);
    }

    [Fact]
    public void A_slow_declared_rate_is_no_leave_to_hang()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue queue = rig.NewQueue();
        unsafe
        {
            // One frame in 68 years.
            *(uint*)(queue.Memory + 0x70) = 1;
            *(uint*)(queue.Memory + 0x74) = int.MaxValue;
        }

        rig.Attach(queue.Attach());
        queue.Publish(1);
        rig.NextFrame();
        rig.Pass(3000);
        Assert.True(IsCard(nodes[0].NewestFrame));
    }

    [Fact]
    public void A_producer_that_ends_is_let_go()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue queue = rig.NewQueue();
        rig.Attach(queue.Attach());
        queue.Publish(1);
        rig.NextFrame();
        queue.Dispose();
        rig.NextFrame();
        Assert.Single(rig.Log.Detachments);
        Assert.True(IsCard(nodes[0].NewestFrame));
    }

    [Theory]
    [InlineData("slot")]
    [InlineData("format")]
    [InlineData("stride")]
    [InlineData("bytes")]
    public void A_frame_that_breaks_a_rule_ends_the_queue_and_says_which(string rule)
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue queue = rig.NewQueue();
        rig.Attach(queue.Attach());
        queue.Publish(1);
        rig.NextFrame();
        queue.Publish(2);
        Forge(queue, rule);
        rig.NextFrame();
        Assert.True(IsCard(nodes[0].NewestFrame));
        Assert.StartsWith("The frames were refused: ", Assert.Single(rig.Log.Detachments), StringComparison.Ordinal);
        Assert.Equal(1, rig.Writer.Counters.Violations);
        TestQueue honest = rig.NewQueue();
        Assert.Null(rig.Attach(honest.Attach()));
        honest.Publish(3);
        rig.NextFrame();
        AssertFlat(3, nodes[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_a_hostile_producer_writes_the_node_goes_on(int seed)
    {
        Random dice = new(seed);
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture app = rig.Watch(nodes[0]);
        TestQueue queue = rig.NewQueue();
        rig.Attach(queue.Attach());
        int attached = 1;
        for (int step = 0; step < 3000; step++)
        {
            if (dice.Next(3) == 0) queue.Publish((byte)step);
            Scribble(queue, dice);
            long before = nodes[0].FramesShown, start = rig.Clock.Now;
            rig.Pass(dice.Next(1, 40));
            if (rig.Clock.Now - start > FeedSchedule.CardIntervalNs) Assert.True(nodes[0].FramesShown > before);
            if (rig.Log.Detachments.Count < attached) continue;
            queue.Dispose();
            queue = rig.NewQueue();
            Assert.Null(rig.Attach(queue.Attach()));
            attached++;
        }

        long shown = nodes[0].FramesShown;
        rig.Pass(1000);
        Assert.True(nodes[0].FramesShown > shown);
        Assert.True(nodes[0].IsCamera);
        Assert.True(attached > 3, "the seed hit nothing");
    }

    [Fact]
    public void A_device_that_is_gone_says_so_and_lets_the_queue_go()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        nodes[0].Unplug();
        Assert.Throws<VideoException>(() =>
        {
            rig.Pass(1000);
        });
    }

    [Fact]
    public void A_node_that_another_program_writes_is_busy()
    {
        FakeLoopbackModule module = new(s_newest);
        FakeLoopback node = module.Make(new LoopbackConfig("camfx", 63, 64, 48, 4, 64, ExclusiveCaps: true));
        using VideoOutput other = VideoOutput.Open(node.Open(), new OutputMode(64, 48, PixelFormat.Yuyv, new FrameRate(30, 1)));
        Assert.True(other.TryBegin(out OutputBuffer buffer) && other.Submit(buffer, 0));
        Backends.LoopbackBackendTests.OpenDevice(module, out Exception? failure);
        Assert.Equal(VideoFailure.Busy, Assert.IsType<VideoException>(failure).Failure);
    }

    [Fact]
    public void Several_nodes_show_the_same_slot_and_only_those_that_are_watched()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes, readers: 3);
        using VideoCapture one = rig.Watch(nodes[0]);
        using VideoCapture three = rig.Watch(nodes[2]);
        TestQueue queue = rig.NewQueue();
        rig.Attach(queue.Attach());
        queue.Publish(5);
        rig.NextFrame();
        AssertFlat(5, nodes[0]);
        AssertFlat(5, nodes[2]);
        Assert.True(IsCard(nodes[1].NewestFrame));
        Assert.Equal(1, rig.Writer.Counters.Frames);
        Assert.Equal(0, queue.Leased);
        Assert.NotNull(rig.Attach(rig.NewQueue().Attach(), MemoryWish.ZeroCopy));
    }

    [Fact]
    public void A_second_reader_of_a_node_is_refused_and_the_first_goes_on()
    {
        using WriterRig rig = WriterRig.OnLoopback(s_newest, out ImmutableArray<FakeLoopback> nodes);
        using VideoCapture first = rig.Watch(nodes[0]);
        Assert.Equal(VideoFailure.Busy, Assert.Throws<VideoException>(() => rig.Watch(nodes[0])).Failure);
        rig.Pass(500);
        Assert.True(first.TryDequeueNewest(out _));
    }

    private static unsafe void Forge(TestQueue queue, string rule)
    {
        byte* header = queue.Memory;
        ulong newest = *(ulong*)(header + 0x80);
        byte* descriptor = header + 0x100 + 128 * (newest & 0xff);
        switch (rule)
        {
            case "slot":
                *(ulong*)(header + 0x80) = newest | 0xff;
                break;
            case "format":
                *(uint*)(descriptor + 0x20) = FourCC.Pack("AR24");
                break;
            case "stride":
                *(uint*)(descriptor + 0x20 + 0x1c) = 0x7fffffff;
                break;
            default:
                *(uint*)(descriptor + 0x1c) = uint.MaxValue;
                break;
        }
    }

    private static unsafe void Scribble(TestQueue queue, Random dice)
    {
        // The header's constants were copied: what counts later stands from 0x80 on, and in the descriptors.
        int place = dice.Next(2) == 0 ? dice.Next(0x80, 0x90) : dice.Next(0x100, 0x100 + 128 * queue.Writer.SlotCount);
        if (dice.Next(4) == 0) *(ulong*)(queue.Memory + (place & ~7)) = (ulong)dice.NextInt64();
        else queue.Memory[place] ^= (byte)(1 << dice.Next(8));
    }

    private static void AssertFlat(byte value, FakeLoopback node) => Assert.True(IsFlat(value, node.NewestFrame), $"the frame starts with {node.NewestFrame[0]}");

    private static bool IsFlat(byte value, byte[] frame) => Array.TrueForAll(frame, part => part == value);

    private static bool IsCard(byte[] frame) => frame.Length == 64 * 48 * 2 && frame[0] == 38 && frame[1] == 131;
}
