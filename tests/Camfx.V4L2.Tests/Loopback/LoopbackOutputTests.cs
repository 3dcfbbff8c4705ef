using Camfx.Frames;
using Camfx.Posix;
using Camfx.V4L2.Fake;

namespace Camfx.V4L2.Tests.Loopback;

/// <summary>The writer of a loopback node, with each version's semantics.</summary>
public class LoopbackOutputTests
{
    private const int Width = 64;
    private const int Height = 48;
    private static readonly OutputMode s_mode = new(Width, Height, PixelFormat.Yuyv, new FrameRate(30, 1));

    public static TheoryData<string> Versions => new("0.12.7", "0.13.2", "0.14.0", "0.15.4");

    public static TheoryData<string, string> VersionsAndMemories
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string version in new[] { "0.12.7", "0.13.2", "0.14.0", "0.15.4" })
                foreach (string memory in new[] { "auto", "force:mmap", "force:readwrite" }) all.Add(version, memory);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(VersionsAndMemories))]
    public void Frames_arrive_whole_and_in_order(string version, string memory)
    {
        Assert.True(MemoryChoice.TryParse(memory, out MemoryChoice choice));
        FakeLoopback device = Device(version);
        List<byte[]> shown = [];
        device.FrameShown = (frame, _) => shown.Add(frame);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode, new VideoOutputOptions { Memory = choice });
        Assert.Equal(memory == "force:readwrite" ? MemoryType.ReadWrite : MemoryType.Mmap, output.Memory);
        for (int i = 0; i < 20; i++)
        {
            using FrameBuffer picture = Pictures.Counting(PixelFormat.Yuyv, Width, Height, i);
            Assert.True(output.Write(picture.View, MonotonicClock.Now));
        }

        Assert.Equal(20, shown.Count);
        for (int i = 0; i < 20; i++)
        {
            using FrameBuffer picture = Pictures.Counting(PixelFormat.Yuyv, Width, Height, i);
            Assert.Equal(picture.Bytes.ToArray(), shown[i]);
        }
    }

    [Theory]
    [MemberData(nameof(VersionsAndMemories))]
    public void A_node_can_be_written_again_after_its_writer_has_gone(string version, string memory)
    {
        Assert.True(MemoryChoice.TryParse(memory, out MemoryChoice choice));
        FakeLoopback device = Device(version);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        for (int writer = 0; writer < 2; writer++)
        {
            using VideoOutput output = VideoOutput.Open(device.Open(), s_mode, new VideoOutputOptions { Memory = choice });
            Assert.True(output.Write(picture.View, 0));
            Assert.True(device.IsCamera);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_node_becomes_a_camera_with_its_first_frame_and_stops_being_one_at_the_end(string version)
    {
        FakeLoopback device = Device(version);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        using (VideoOutput output = VideoOutput.Open(device.Open(), s_mode))
        {
            Assert.False(device.IsCamera);
            output.Write(picture.View, 0);
            Assert.True(device.IsCamera);
            using IVideoFile probe = device.Open();
            VideoNode node = VideoNode.Query(probe);
            Assert.True(node is { IsCapture: true, IsOutput: false, IsLoopback: true });
            VideoModes modes = VideoModes.List(probe);
            ModeRange range = Assert.Single(modes.Ranges);
            Assert.True(range.IsDiscrete);
            Assert.Equal((Width, Height), (range.MinWidth, range.MinHeight));
        }

        Assert.False(device.IsCamera);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_reader_sees_each_frame_that_is_written(string version)
    {
        FakeLoopback device = Device(version);
        using FrameBuffer picture = Pictures.Counting(PixelFormat.Yuyv, Width, Height);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        output.Write(picture.View, 0);
        using VideoCapture reader = VideoCapture.Open(device.Open(), new VideoMode(FourCC.Pack("YUYV"), Width, Height, FrameRate.Unknown));
        Assert.Equal((Width, Height), (reader.Mode.Width, reader.Mode.Height));
        for (int i = 1; i < 30; i++)
        {
            using FrameBuffer next = Pictures.Counting(PixelFormat.Yuyv, Width, Height, i);
            Assert.True(output.Write(next.View, MonotonicClock.Now));
            Assert.True(reader.Wait(MonotonicClock.Now + 1_000_000_000));
            Assert.True(reader.TryDequeueNewest(out CapturedFrame frame));
            Assert.Equal(next.Bytes.ToArray(), Pictures.Bytes(frame.View));
            reader.Release(frame);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_buffer_readers_look_at_is_never_the_next_one_written(string version)
    {
        FakeLoopback device = Device(version);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        HashSet<nint> last = [];
        for (int i = 0; i < 12; i++)
        {
            Assert.True(output.TryBegin(out OutputBuffer buffer));
            nint address;
            unsafe { address = (nint)buffer.View.Plane(0); }
            Assert.DoesNotContain(address, last);
            last = [address];
            Assert.True(output.Submit(buffer, 0));
        }
    }

    [Fact]
    public void The_size_a_frame_has_is_the_device_s_and_not_a_multiple_of_pages()
    {
        FakeLoopback device = Device("0.12.7");
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        output.Write(picture.View, 0);
        Assert.Equal(Width * Height * 2, output.Layout.Size);
        Assert.Equal(Width * Height * 2, device.NewestFrame.Length);
    }

    [Fact]
    public void A_reader_that_stays_open_keeps_its_format_and_the_new_writer_is_told()
    {
        FakeLoopback device = new(Version("0.15.0"), new LoopbackConfig("camfx", 9));
        VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        output.Write(picture.View, 0);
        using VideoCapture reader = VideoCapture.Open(device.Open(), new VideoMode(FourCC.Pack("YUYV"), Width, Height, FrameRate.Unknown));
        output.Dispose();
        using IVideoFile file = device.Open();
        VideoException refusal = Assert.Throws<VideoException>(() => VideoOutput.Open(file, s_mode with { Width = 128 }));
        Assert.Equal(VideoFailure.FormatHeld, refusal.Failure);
        Assert.Contains($"{Width}x{Height} YUYV", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_another_program_writes_to_is_busy()
    {
        FakeLoopback device = Device("0.15.0");
        using VideoOutput first = VideoOutput.Open(device.Open(), s_mode);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        first.Write(picture.View, 0);
        using IVideoFile file = device.Open();
        Assert.Equal(VideoFailure.Busy, Assert.Throws<VideoException>(() => VideoOutput.Open(file, s_mode)).Failure);
    }

    [Fact]
    public void A_node_with_keep_format_set_is_not_taken_for_broken()
    {
        FakeLoopback device = Device("0.15.0");
        device.KeepFormat = true;
        using IVideoFile file = device.Open();
        VideoException refusal = Assert.Throws<VideoException>(() => VideoOutput.Open(file, s_mode));
        Assert.Equal(VideoFailure.Busy, refusal.Failure);
        Assert.Contains("keep_format", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_streaming_reader_is_busy_since_0_14()
    {
        FakeLoopback device = Device("0.14.0");
        using VideoOutput output = Running(device);
        using VideoCapture first = VideoCapture.Open(device.Open(), new VideoMode(FourCC.Pack("YUYV"), Width, Height, FrameRate.Unknown));
        using IVideoFile second = device.Open();
        VideoException refusal = Assert.Throws<VideoException>(
            () => VideoCapture.Open(second, new VideoMode(FourCC.Pack("YUYV"), Width, Height, FrameRate.Unknown)));
        Assert.Equal(VideoFailure.Busy, refusal.Failure);
    }

    [Theory]
    [InlineData("0.12.7")]
    [InlineData("0.13.2")]
    public void Two_readers_share_a_node_before_0_14(string version)
    {
        FakeLoopback device = Device(version);
        using VideoOutput output = Running(device);
        using VideoCapture first = VideoCapture.Open(device.Open(), new VideoMode(FourCC.Pack("YUYV"), Width, Height, FrameRate.Unknown));
        using VideoCapture second = VideoCapture.Open(device.Open(), new VideoMode(FourCC.Pack("YUYV"), Width, Height, FrameRate.Unknown));
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 7);
        output.Write(picture.View, 0);
        Assert.True(first.TryDequeueNewest(out _));
        Assert.True(second.TryDequeueNewest(out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loopback_without_a_writer_says_so(bool exclusive)
    {
        FakeLoopback device = new(Version("0.15.0"), new LoopbackConfig("x", 9, Width, Height, ExclusiveCaps: exclusive));
        using IVideoFile file = device.Open();
        VideoException refusal = Assert.Throws<VideoException>(
            () => VideoCapture.Open(file, new VideoMode(FourCC.Pack("YUYV"), Width, Height, FrameRate.Unknown)));
        Assert.Equal(VideoFailure.NoWriter, refusal.Failure);
    }

    [Fact]
    public void Openers_beyond_the_limit_are_refused()
    {
        FakeLoopback device = new(Version("0.15.0"), new LoopbackConfig("x", 9, MaxOpeners: 2));
        using IVideoFile first = device.Open(), second = device.Open();
        Assert.Equal(VideoFailure.Busy, Assert.Throws<VideoException>(device.Open).Failure);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(8, 4)]
    public void There_are_no_more_buffers_than_the_device_was_made_with(int most, int expected)
    {
        FakeLoopback device = new(Version("0.15.0"), new LoopbackConfig("x", 9, Width, Height, MaxBuffers: most));
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        Assert.Equal(expected, output.BufferCount);
    }

    [Theory]
    [MemberData(nameof(VersionsAndMemories))]
    public void Another_process_goes_on_with_the_open_file(string version, string memory)
    {
        Assert.True(MemoryChoice.TryParse(memory, out MemoryChoice choice));
        FakeLoopback device = Device(version);
        var kept = new KeptFile(device.Open());
        VideoOutput first = VideoOutput.Open(kept, s_mode, new VideoOutputOptions { Memory = choice });
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        first.Write(picture.View, 0);
        first.Write(picture.View, 0);
        int buffers = first.BufferCount;
        first.Leave();
        Assert.True(device.IsCamera);

        using VideoOutput second = VideoOutput.Open(kept, s_mode, new VideoOutputOptions { Memory = choice, Resume = true });
        Assert.Equal(buffers, second.BufferCount);
        Assert.True(device.IsCamera);
        for (int i = 0; i < 9; i++)
        {
            using FrameBuffer next = Pictures.Counting(PixelFormat.Yuyv, Width, Height, i);
            Assert.True(second.Write(next.View, 0));
            Assert.Equal(next.Bytes.ToArray(), device.NewestFrame);
            Assert.True(device.IsCamera);
        }

        Assert.Equal(11, device.FramesShown);
        kept.Close();
    }

    [Theory]
    [InlineData("0.14.0")]
    [InlineData("0.15.4")]
    public void Another_process_that_wants_another_format_begins_anew(string version)
    {
        var device = new FakeLoopback(Version(version), new LoopbackConfig("camfx", 9));
        var kept = new KeptFile(device.Open());
        VideoOutput first = VideoOutput.Open(kept, s_mode);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        first.Write(picture.View, 0);
        first.Leave();
        using VideoOutput second = VideoOutput.Open(kept, s_mode with { Width = 128 }, new VideoOutputOptions { Resume = true });
        using FrameBuffer wide = Pictures.Flat(PixelFormat.Yuyv, 128, Height, 2);
        Assert.True(second.Write(wide.View, 0));
        Assert.Equal(wide.Size, device.NewestFrame.Length);
        kept.Close();
    }

    [Theory]
    [InlineData("0.13.2", false, 0x10E00001u)]
    [InlineData("0.15.0", false, 0x10E00001u)]
    [InlineData("0.14.0", true, 0x08000000u)]
    public void Watchers_are_told_by_whichever_event_the_module_has(string version, bool oem, uint type)
    {
        FakeLoopback device = new(Version(version), new LoopbackConfig("x", 9, Width, Height), oem);
        using VideoOutput output = Running(device, out IVideoFile file);
        UsageEvents events = Assert.IsType<UsageEvents>(UsageEvents.TrySubscribe(file));
        Assert.Equal(type, events.EventType);
        Assert.True(events.TryRead(out bool watched));
        Assert.False(watched);
        using (VideoCapture reader = VideoCapture.Open(device.Open(), new VideoMode(FourCC.Pack("YUYV"), Width, Height, FrameRate.Unknown)))
        {
            Assert.Equal(PollEvents.Priority, file.Wait(PollEvents.Priority, MonotonicClock.Now));
            Assert.True(events.TryRead(out watched));
            Assert.True(watched);
            Assert.False(events.TryRead(out _));
        }

        Assert.True(events.TryRead(out watched));
        Assert.False(watched);
    }

    [Fact]
    public void Without_the_event_there_is_nothing_to_subscribe()
    {
        using VideoOutput output = Running(Device("0.12.7"), out IVideoFile file);
        Assert.Null(UsageEvents.TrySubscribe(file));
    }

    [Fact]
    public void A_node_that_is_removed_ends_the_output_clearly()
    {
        FakeLoopback device = Device("0.15.0");
        using VideoOutput output = Running(device);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        device.Unplug();
        Assert.Equal(VideoFailure.Gone, Assert.Throws<VideoException>(() => output.Write(picture.View, 0)).Failure);
    }

    [Fact]
    public void A_driver_that_goes_on_refusing_buffers_gets_write_instead()
    {
        FakeLoopback device = Device("0.15.0");
        using VideoOutput output = Running(device);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 9);
        device.Refuse(FakeRequest.Queue, Errno.EIO, 3);
        for (int i = 0; i < 3; i++) Assert.False(output.Write(picture.View, 0));
        Assert.Equal(MemoryType.ReadWrite, output.Memory);
        Assert.True(output.Write(picture.View, 0));
        Assert.Equal((3, 1), (output.Statistics.Faults, output.Statistics.FallBacks));
        Assert.Contains("EIO", output.WhyNotBetter, StringComparison.Ordinal);
        Assert.Equal(9, device.NewestFrame[0]);
    }

    [Fact]
    public void One_refused_frame_changes_nothing()
    {
        FakeLoopback device = Device("0.15.0");
        using VideoOutput output = Running(device);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 9);
        device.Refuse(FakeRequest.Queue, Errno.EIO);
        Assert.False(output.Write(picture.View, 0));
        Assert.True(output.Write(picture.View, 0));
        Assert.Equal(MemoryType.Mmap, output.Memory);
        Assert.Equal(1, output.Statistics.Faults);
    }

    [Fact]
    public void The_writer_s_time_reaches_the_reader()
    {
        FakeLoopback device = Device("0.15.0");
        using VideoOutput output = Running(device);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 9);
        long time = (MonotonicClock.Now - 5_000_000) / 1000 * 1000;
        output.Write(picture.View, time);
        Assert.Equal(time, device.NewestTimestampNs);
        output.Write(picture.View, 0);
        Assert.InRange(device.NewestTimestampNs, time + 1, MonotonicClock.Now);
    }

    private static VideoOutput Running(FakeLoopback device) => Running(device, out _);

    private static VideoOutput Running(FakeLoopback device, out IVideoFile file)
    {
        file = device.Open();
        VideoOutput output = VideoOutput.Open(file, s_mode);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 0);
        output.Write(picture.View, 0);
        return output;
    }

    private static FakeLoopback Device(string version) => new(Version(version), new LoopbackConfig("camfx", 9, Width, Height));

    private static LoopbackVersion Version(string text)
    {
        Assert.True(LoopbackVersion.TryParse(text, out LoopbackVersion version));
        return version;
    }
}
