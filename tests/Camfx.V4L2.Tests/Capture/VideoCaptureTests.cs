using Camfx.Frames;
using Camfx.Posix;
using Camfx.V4L2.Fake;

namespace Camfx.V4L2.Tests.Capture;

/// <summary>A camera that behaves, and one that does not.</summary>
public class VideoCaptureTests
{
    private const int Width = 64;
    private const int Height = 32;
    private static readonly VideoMode s_yuyv = Mode("YUYV");

    public static TheoryData<MemoryType> Types => [.. Enum.GetValues<MemoryType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_frame_arrives_by_every_memory_type(MemoryType type)
    {
        FakeCamera camera = Camera(s_yuyv);
        using var memory = new SharedMemory(4, Width * Height * 2);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv, new VideoCaptureOptions
        {
            Memory = MemoryChoice.Force(type),
            Slots = type == MemoryType.Dmabuf ? memory.Capture() : [],
        });
        Assert.Equal(type, capture.Memory);
        Assert.False(capture.TryDequeueNewest(out _));
        for (byte value = 1; value < 20; value++)
        {
            camera.See(value);
            Assert.True(capture.Wait(MonotonicClock.Now));
            Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
            Assert.Equal(value, Pictures.Corners(frame.View)[0]);
            Assert.Equal((Width, Height, PixelFormat.Yuyv), (frame.View.Width, frame.View.Height, frame.View.Format));
            capture.Release(frame);
        }

        Assert.Equal(new CaptureStatistics(19, 0, 0, 0, 0), capture.Statistics);
    }

    [Fact]
    public void Frames_land_in_the_caller_s_slots()
    {
        FakeCamera camera = Camera(s_yuyv);
        using var memory = new SharedMemory(3, Width * Height * 2);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv, new VideoCaptureOptions { Slots = memory.Capture(mapped: false) });
        Assert.Equal(MemoryType.Dmabuf, capture.Memory);
        camera.See(9);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.True(frame.View.IsEmpty);
        Assert.Equal(9, memory[frame.Index][0]);
    }

    [Theory]
    [InlineData(true, new[] { MemoryType.Mmap, MemoryType.Userptr }, MemoryType.Userptr, "dmabuf: EINVAL at REQBUFS")]
    [InlineData(false, new[] { MemoryType.Mmap, MemoryType.Userptr, MemoryType.Dmabuf }, MemoryType.Userptr, "dmabuf: no dma-bufs were given")]
    [InlineData(true, new[] { MemoryType.Mmap }, MemoryType.Mmap, "userptr: EINVAL at REQBUFS")]
    [InlineData(true, new[] { MemoryType.ReadWrite }, MemoryType.ReadWrite, "the device has no streaming")]
    public void The_best_type_that_works_is_taken(bool dmaBufs, MemoryType[] has, MemoryType expected, string why)
    {
        FakeCamera camera = Camera(s_yuyv, has: has);
        using var memory = new SharedMemory(4, Width * Height * 2);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv, new VideoCaptureOptions { Slots = memory.Capture(dmaBufs) });
        Assert.Equal(expected, capture.Memory);
        Assert.Contains(why, capture.WhyNotBetter, StringComparison.Ordinal);
        camera.See(5);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.Equal(5, Pictures.Corners(frame.View)[0]);
    }

    [Fact]
    public void A_type_that_fails_at_the_first_buffer_gives_way()
    {
        FakeCamera camera = Camera(s_yuyv);
        using var memory = new SharedMemory(4, Width * Height * 2);
        camera.Refuse(FakeRequest.Queue, Errno.EINVAL);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv, new VideoCaptureOptions { Slots = memory.Capture() });
        Assert.Equal(MemoryType.Userptr, capture.Memory);
        Assert.Contains("dmabuf: EINVAL at QBUF", capture.WhyNotBetter, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forced_type_that_does_not_work_is_an_error()
    {
        using IVideoFile file = Camera(s_yuyv, has: [MemoryType.Mmap]).Open();
        VideoException refusal = Assert.Throws<VideoException>(
            () => VideoCapture.Open(file, s_yuyv, new VideoCaptureOptions { Memory = MemoryChoice.Force(MemoryType.Userptr) }));
        Assert.Equal(VideoFailure.Unsupported, refusal.Failure);
    }

    [Fact]
    public void The_newest_frame_wins_and_the_others_are_counted()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
        for (byte value = 1; value <= 4; value++) camera.See(value);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.Equal(4, Pictures.Corners(frame.View)[0]);
        Assert.Equal((1, 3), (capture.Statistics.Frames, capture.Statistics.Dropped));
        Assert.Equal(3, camera.QueuedBuffers);
        capture.Release(frame);
        capture.Release(frame);
        Assert.Equal(4, camera.QueuedBuffers);
    }

    [Fact]
    public void Damaged_frames_are_dropped_and_counted()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
        camera.See(1, error: true);
        Assert.False(capture.TryDequeueNewest(out _));
        camera.See(2);
        camera.See(3, error: true);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.Equal(2, Pictures.Corners(frame.View)[0]);
        Assert.Equal((1, 0, 2), (capture.Statistics.Frames, capture.Statistics.Dropped, capture.Statistics.Corrupted));
    }

    [Theory]
    [InlineData("YUYV", 1)]
    [InlineData("MJPG", 100000)]
    public void Frames_that_are_too_short_are_damaged(string code, int missing)
    {
        FakeCamera camera = Camera(Mode(code));
        using VideoCapture capture = VideoCapture.Open(camera.Open(), Mode(code));
        camera.See(1, missing: missing);
        Assert.False(capture.TryDequeueNewest(out _));
        Assert.Equal(1, capture.Statistics.Corrupted);
    }

    [Fact]
    public void Frames_the_driver_lost_are_told_by_its_numbers()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
        for (byte value = 1; value <= 6; value++) camera.See(value); // four buffers: two are lost
        Assert.True(capture.TryDequeueNewest(out CapturedFrame first));
        capture.Release(first);
        camera.See(7);
        Assert.True(capture.TryDequeueNewest(out _));
        Assert.Equal(2, capture.Statistics.Missed);
    }

    [Fact]
    public void An_unplugged_camera_ends_clearly_and_wakes_who_waits()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
        camera.Unplug();
        Assert.True(capture.Wait(MonotonicClock.Now + 10_000_000_000));
        VideoException end = Assert.Throws<VideoException>(() => capture.TryDequeueNewest(out _));
        Assert.Equal(VideoFailure.Gone, end.Failure);
        Assert.Contains("/dev/video0", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_camera_lets_the_time_run_out_and_can_be_woken()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
        Assert.True(capture.TryDequeueNewest(out _) is false && !capture.Wait(MonotonicClock.Now + 1_000_000));
        camera.See(1);
        capture.Restart();
        Assert.Equal(4, camera.QueuedBuffers);
        Assert.False(capture.TryDequeueNewest(out _));
        camera.See(2);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.Equal(2, Pictures.Corners(frame.View)[0]);
        Assert.Equal((1, 0), (capture.Statistics.Restarts, capture.Statistics.Missed));
    }

    [Fact]
    public void A_restart_leaves_a_held_frame_to_its_holder()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
        camera.See(1);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame held));
        capture.Restart();
        Assert.Equal(3, camera.QueuedBuffers);
        for (byte value = 10; value < 13; value++) camera.See(value);
        Assert.Equal(1, Pictures.Corners(held.View)[0]);
        capture.Release(held);
        Assert.Equal(1, camera.QueuedBuffers);
    }

    [Fact]
    public void A_driver_in_error_is_restarted_and_only_if_it_stays_so()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
        camera.Refuse(FakeRequest.Dequeue, Errno.EIO);
        Assert.False(capture.TryDequeueNewest(out _));
        Assert.Equal(0, capture.Statistics.Restarts);
        camera.See(1);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        capture.Release(frame);
        camera.Refuse(FakeRequest.Dequeue, Errno.EIO, 3);
        for (int i = 0; i < 3; i++) Assert.False(capture.TryDequeueNewest(out _));
        Assert.Equal(1, capture.Statistics.Restarts);
        camera.See(2);
        Assert.True(capture.TryDequeueNewest(out _));
    }

    [Theory]
    [InlineData(CameraQuirks.RefusesRate)]
    [InlineData(CameraQuirks.HasNoRate)]
    [InlineData(CameraQuirks.ZeroSizes)]
    [InlineData(CameraQuirks.NoSizes)]
    [InlineData(CameraQuirks.ZeroIntervals)]
    public void A_camera_with_a_quirk_is_listed_and_runs(CameraQuirks quirk)
    {
        FakeCamera camera = Camera(s_yuyv, quirk);
        VideoMode best;
        using (IVideoFile file = camera.Open()) best = Assert.NotNull(VideoModes.List(file).Best(Width, Height, 30));
        Assert.Equal((Width, Height), (best.Width, best.Height));
        using VideoCapture capture = VideoCapture.Open(camera.Open(), best);
        camera.See(1);
        Assert.True(capture.TryDequeueNewest(out _));
    }

    [Theory]
    [InlineData("YU12", PixelFormat.I420, new byte[] { 10, 20, 30 })]
    [InlineData("YV12", PixelFormat.I420, new byte[] { 10, 30, 20 })]
    [InlineData("422P", PixelFormat.I422, new byte[] { 10, 20, 30 })]
    public void Planes_come_in_camfx_s_order(string code, PixelFormat format, byte[] corners)
    {
        FakeCamera camera = Camera(Mode(code));
        using VideoCapture capture = VideoCapture.Open(camera.Open(), Mode(code));
        int chroma = format == PixelFormat.I422 ? Width * Height / 2 : Width * Height / 4;
        camera.See([.. Enumerable.Repeat((byte)10, Width * Height), .. Enumerable.Repeat((byte)20, chroma), .. Enumerable.Repeat((byte)30, chroma)]);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.Equal(format, frame.View.Format);
        Assert.Equal(corners, Pictures.Corners(frame.View));
    }

    [Theory]
    [InlineData("YM12", PixelFormat.I420)]
    [InlineData("YM21", PixelFormat.I420)]
    [InlineData("NM12", PixelFormat.Nv12)]
    [InlineData("NM21", PixelFormat.Nv12)]
    public void Cameras_with_planes_in_memory_of_their_own_are_read(string code, PixelFormat format)
    {
        var camera = new FakeCamera(0, multiPlanar: true) { Modes = [Mode(code)], DataOffset = 128 };
        using VideoCapture capture = VideoCapture.Open(camera.Open(), Mode(code));
        Assert.Equal(MemoryType.Mmap, capture.Memory);
        byte[] chroma = format == PixelFormat.Nv12
            ? [.. Enumerable.Repeat(new byte[] { 20, 30 }, Width * Height / 4).SelectMany(pair => pair)]
            : [.. Enumerable.Repeat((byte)20, Width * Height / 4), .. Enumerable.Repeat((byte)30, Width * Height / 4)];
        camera.See([.. Enumerable.Repeat((byte)10, Width * Height), .. chroma]);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.Equal(format, frame.View.Format);
        byte[] expected = code switch
        {
            "YM12" => [10, 20, 30],
            "YM21" => [10, 30, 20],
            "NM21" => [10, 30],
            _ => [10, 20],
        };
        Assert.Equal(expected, Pictures.Corners(frame.View));
    }

    [Fact]
    public void Pairs_of_V_and_U_are_exchanged()
    {
        FakeCamera camera = Camera(Mode("NV21"));
        using VideoCapture capture = VideoCapture.Open(camera.Open(), Mode("NV21"));
        byte[] frame = new byte[Width * Height * 3 / 2];
        for (int i = Width * Height; i < frame.Length; i++) frame[i] = (byte)(i % 2 == 0 ? 200 : 100);
        for (int round = 0; round < 6; round++)
        {
            camera.See(frame);
            Assert.True(capture.TryDequeueNewest(out CapturedFrame captured));
            Assert.Equal(PixelFormat.Nv12, captured.View.Format);
            byte[] bytes = Pictures.Bytes(captured.View);
            for (int i = Width * Height; i < bytes.Length; i++) Assert.Equal(i % 2 == 0 ? 100 : 200, bytes[i]);
            capture.Release(captured);
        }
    }

    [Fact]
    public void Rows_with_gaps_are_read_without_them()
    {
        var camera = new FakeCamera { Modes = [Mode("NV12")], RowAlignment = 96 };
        using VideoCapture capture = VideoCapture.Open(camera.Open(), Mode("NV12"));
        Assert.Equal((96, 96), (capture.Layout.Stride(0), capture.Layout.Stride(1)));
        Assert.Equal(96 * Height, capture.Layout.Offset(1));
        camera.See([.. Enumerable.Repeat((byte)1, 96 * Height), .. Enumerable.Repeat((byte)2, 96 * Height / 2)]);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.Equal([1, 2], Pictures.Corners(frame.View));
    }

    [Theory]
    [InlineData("MJPG", PixelFormat.Mjpeg)]
    [InlineData("H264", PixelFormat.Unknown)]
    public void Coded_pictures_come_as_their_bytes(string code, PixelFormat format)
    {
        FakeCamera camera = Camera(Mode(code));
        using VideoCapture capture = VideoCapture.Open(camera.Open(), Mode(code));
        Assert.Equal(format, capture.Mode.Format);
        Assert.False(capture.Mode.IsRaw);
        camera.See(0x55);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        Assert.True(frame.View.IsEmpty);
        Assert.Equal(Width * Height / 2, frame.Bytes.Length);
        Assert.Equal(0x55, frame.Bytes[^1]);
    }

    [Theory]
    [InlineData(0x2000u, -20, true)]
    [InlineData(0x4000u, -20, true)]
    [InlineData(0x0000u, -20, false)]
    [InlineData(0x2000u, 60_000, false)]
    [InlineData(0x4000u, -60_000, false)]
    public void Monotonic_times_are_kept_and_others_become_now(uint clock, int milliseconds, bool kept)
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
        camera.Clock = clock;
        long before = MonotonicClock.Now, time = (before + milliseconds * 1_000_000L) / 1000 * 1000;
        camera.See(1, timestampNs: time);
        Assert.True(capture.TryDequeueNewest(out CapturedFrame frame));
        if (kept) Assert.Equal(time, frame.CaptureTimeNs);
        else Assert.InRange(frame.CaptureTimeNs, before, MonotonicClock.Now);
    }

    [Fact]
    public void A_camera_another_program_uses_is_busy()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture first = VideoCapture.Open(camera.Open(), s_yuyv);
        using IVideoFile file = camera.Open();
        VideoException refusal = Assert.Throws<VideoException>(() => VideoCapture.Open(file, s_yuyv));
        Assert.Equal(VideoFailure.Busy, refusal.Failure);
    }

    [Fact]
    public void Closing_lets_the_next_program_in()
    {
        FakeCamera camera = Camera(s_yuyv);
        for (int i = 0; i < 20; i++)
        {
            using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv);
            camera.See(1);
            Assert.True(capture.TryDequeueNewest(out _));
        }

        Assert.Equal(0, camera.OpenFiles);
    }

    [Fact]
    public void A_driver_that_picks_another_size_is_believed()
    {
        FakeCamera camera = Camera(s_yuyv);
        using VideoCapture capture = VideoCapture.Open(camera.Open(), s_yuyv with { Width = 4000, Height = 3000 });
        Assert.Equal((Width, Height), (capture.Mode.Width, capture.Mode.Height));
        Assert.Equal(Width, capture.Layout.Width);
    }

    private static VideoMode Mode(string code) => new(FourCC.Pack(code), Width, Height, new FrameRate(30, 1));

    private static FakeCamera Camera(VideoMode mode, CameraQuirks quirks = CameraQuirks.None, MemoryType[]? has = null) => new()
    {
        Modes = [mode],
        Quirks = quirks,
        Memories = (has ?? [.. Enum.GetValues<MemoryType>()]).ToHashSet(),
    };
}
