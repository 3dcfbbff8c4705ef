using Camfx.Frames;
using Camfx.Posix;
using Camfx.V4L2.Fake;

namespace Camfx.V4L2.Tests.Output;

/// <summary>An output with a buffer queue: which memory type is taken, and what happens when it fails.</summary>
public class VideoOutputTests
{
    private const int Width = 64;
    private const int Height = 32;
    private static readonly OutputMode s_mode = new(Width, Height, PixelFormat.Yuyv, new FrameRate(30, 1));
    private static readonly FrameLayout s_layout = FrameLayout.Packed(PixelFormat.Yuyv, Width, Height);

    public static TheoryData<MemoryType> Types => [.. Enum.GetValues<MemoryType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Frames_arrive_in_order_by_every_memory_type(MemoryType type)
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(5, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode, new VideoOutputOptions { Memory = MemoryChoice.Force(type) });
        var writer = new SlotWriter(output, memory);
        if (type is MemoryType.Dmabuf or MemoryType.Userptr) Assert.True(output.UseSlots(memory.Output(), s_layout));
        Assert.Equal(type, output.Memory);
        for (byte value = 1; value <= 20; value++) Assert.True(writer.Show(value));
        int shown = device.Shown.Count;
        Assert.InRange(shown, 19, 20);
        for (int i = 0; i < shown; i++) Assert.True(device.Shown[i].AsSpan().IndexOfAnyExcept((byte)(i + 1)) < 0, $"frame {i} is not whole");
        bool copied = type is MemoryType.Mmap or MemoryType.ReadWrite;
        Assert.Equal(copied ? 0 : 20, output.Statistics.ZeroCopyFrames);
        Assert.Equal(20, output.Statistics.Frames);
        if (!copied) Assert.Equal(0, output.Statistics.CopiedBytes);
    }

    [Theory]
    [InlineData(true, true, new[] { MemoryType.Mmap, MemoryType.Userptr, MemoryType.Dmabuf }, MemoryType.Dmabuf, "")]
    [InlineData(false, true, new[] { MemoryType.Mmap, MemoryType.Userptr, MemoryType.Dmabuf }, MemoryType.Userptr, "dmabuf: a slot has no dma-buf")]
    [InlineData(true, true, new[] { MemoryType.Mmap, MemoryType.Userptr }, MemoryType.Userptr, "dmabuf: EINVAL at REQBUFS")]
    [InlineData(true, false, new[] { MemoryType.Mmap, MemoryType.Userptr }, MemoryType.Mmap, "userptr: a slot is not mapped")]
    [InlineData(true, true, new[] { MemoryType.Mmap }, MemoryType.Mmap, "userptr: EINVAL at REQBUFS")]
    [InlineData(true, true, new[] { MemoryType.ReadWrite }, MemoryType.ReadWrite, "dmabuf: the device has no streaming")]
    public void The_best_type_that_works_is_taken_and_the_others_say_why_not(
        bool dmaBufs, bool mapped, MemoryType[] has, MemoryType expected, string why)
    {
        FakeOutput device = Device(has);
        using var memory = new SharedMemory(4, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        bool slots = output.UseSlots(memory.Output(dmaBufs, mapped), s_layout);
        Assert.Equal(expected, output.Memory);
        Assert.Equal(expected is MemoryType.Dmabuf or MemoryType.Userptr, slots);
        Assert.Contains(why, output.WhyNotBetter, StringComparison.Ordinal);
        if (why.Length == 0) Assert.Empty(output.WhyNotBetter);
    }

    [Fact]
    public void Until_there_are_slots_frames_are_copied_even_if_dmabuf_is_forced()
    {
        FakeOutput device = Device();
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode, new VideoOutputOptions { Memory = MemoryChoice.Force(MemoryType.Dmabuf) });
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 3);
        Assert.True(output.Write(picture.View, 0));
        Assert.Equal(MemoryType.Mmap, output.Memory);
    }

    [Fact]
    public void Slots_laid_out_otherwise_than_the_device_wants_are_copied()
    {
        FakeOutput device = Device(alignment: 256);
        using var memory = new SharedMemory(4, s_layout.Size * 2);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        Assert.Equal(256, output.Layout.Stride(0));
        Assert.False(output.UseSlots(memory.Output(), s_layout));
        Assert.Contains("128 bytes a row", output.WhyNotBetter, StringComparison.Ordinal);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 7);
        for (int i = 0; i < 3; i++) Assert.True(output.Write(picture.View, 0));
        byte[] shown = device.Shown[0];
        Assert.Equal(256 * Height, shown.Length);
        Assert.Equal(7, shown[256 * 3 + 127]);
        Assert.Equal(0, shown[256 * 3 + 128]);
    }

    [Fact]
    public void A_slot_too_small_for_what_the_device_reads_is_not_given_to_it()
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(4, 16);
        OutputSlot[] slots = [.. memory.Output().Select(slot => slot with { Length = s_layout.Size - 1 })];
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        Assert.False(output.UseSlots(slots, s_layout));
    }

    [Fact]
    public void A_device_keeps_the_newest_slot_and_gives_the_others_back()
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(3, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        Assert.True(output.UseSlots(memory.Output(), s_layout));
        Assert.True(output.Queue(2, 0));
        Assert.False(output.TryDequeue(out _));
        Assert.True(output.Queue(0, 0));
        Assert.True(output.TryDequeue(out int done));
        Assert.Equal(2, done);
        Assert.False(output.TryDequeue(out _));
    }

    [Fact]
    public void A_slot_the_device_has_is_not_queued_twice()
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(3, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        output.UseSlots(memory.Output(), s_layout);
        Assert.True(output.Queue(1, 0));
        Assert.False(output.Queue(1, 0));
        Assert.Equal(1, output.Statistics.Skipped);
        Assert.Equal(0, output.Statistics.Faults);
    }

    [Fact]
    public void A_device_with_fewer_buffers_than_slots_still_shows_every_slot()
    {
        FakeOutput device = Device(mostBuffers: 2);
        using var memory = new SharedMemory(5, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        Assert.True(output.UseSlots(memory.Output(), s_layout));
        Assert.Equal(2, output.BufferCount);
        for (int slot = 0; slot < 5; slot++)
        {
            memory[slot].Fill((byte)(slot + 1));
            Assert.True(output.Queue(slot, 0));
            while (output.TryDequeue(out _)) { }
        }

        Assert.Equal([1, 2, 3, 4], device.Shown.Select(frame => (int)frame[0]));
    }

    [Theory]
    [InlineData(true, MemoryType.Userptr)]
    [InlineData(false, MemoryType.Mmap)]
    public void A_dmabuf_refused_while_streaming_falls_to_the_next_type_and_is_counted(bool mapped, MemoryType next)
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(4, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        output.UseSlots(memory.Output(mapped: mapped), s_layout);
        Assert.True(output.Queue(0, 0));
        device.Refuse(FakeRequest.Queue, Errno.EINVAL);
        Assert.False(output.Queue(1, 0));
        Assert.Equal(next, output.Memory);
        Assert.Equal((1, 1), (output.Statistics.Faults, output.Statistics.FallBacks));
        Assert.Contains("dmabuf: EINVAL while streaming", output.WhyNotBetter, StringComparison.Ordinal);

        // The stream goes on, and every slot is the caller's again.
        var writer = new SlotWriter(output, memory);
        int before = device.Shown.Count;
        for (byte value = 1; value < 6; value++) Assert.True(writer.Show(value));
        Assert.True(device.Shown.Count > before);
    }

    [Fact]
    public void What_failed_once_is_not_tried_again()
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(4, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        output.UseSlots(memory.Output(), s_layout);
        device.Refuse(FakeRequest.Queue, Errno.EIO);
        output.Queue(0, 0);
        Assert.Equal(MemoryType.Userptr, output.Memory);
        output.UseOwnBuffers();
        Assert.True(output.UseSlots(memory.Output(), s_layout));
        Assert.Equal(MemoryType.Userptr, output.Memory);
        Assert.Contains("dmabuf: it failed before", output.WhyNotBetter, StringComparison.Ordinal);
        device.Refuse(FakeRequest.Queue, Errno.EIO);
        output.Queue(0, 0);
        Assert.Equal(MemoryType.Mmap, output.Memory);
        Assert.False(output.UseSlots(memory.Output(), s_layout));
        Assert.Contains("userptr: it failed before", output.WhyNotBetter, StringComparison.Ordinal);
        Assert.Equal(MemoryType.Mmap, device.Memory);
    }

    [Fact]
    public void All_the_way_down_from_dmabuf_to_write()
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(4, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        output.UseSlots(memory.Output(), s_layout);
        List<MemoryType> path = [output.Memory];
        var writer = new SlotWriter(output, memory);
        for (int i = 0; i < 12 && output.Memory != MemoryType.ReadWrite; i++)
        {
            device.Refuse(FakeRequest.Queue, Errno.EIO);
            writer.Show(1);
            if (path[^1] != output.Memory) path.Add(output.Memory);
        }

        Assert.Equal([MemoryType.Dmabuf, MemoryType.Userptr, MemoryType.Mmap, MemoryType.ReadWrite], path);
        Assert.Equal(3, output.Statistics.FallBacks);
        Assert.True(writer.Show(9));
        Assert.Equal(9, device.Shown[^1][0]);
    }

    [Fact]
    public void Between_two_frames_slots_give_way_to_the_output_s_own_memory_and_come_back()
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(4, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        using FrameBuffer placeholder = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 200);
        for (int round = 0; round < 3; round++)
        {
            Assert.True(output.Write(placeholder.View, 0));
            Assert.True(output.UseSlots(memory.Output(), s_layout));
            Assert.Equal(MemoryType.Dmabuf, device.Memory);
            memory[0].Fill((byte)round);
            Assert.True(output.Queue(0, 0));
            output.UseOwnBuffers();
            Assert.Equal(MemoryType.Mmap, output.Memory);
            Assert.Equal(MemoryType.Mmap, device.Memory);
            Assert.False(output.Queue(0, 0));
            Assert.False(output.TryDequeue(out _));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void An_unplugged_device_ends_the_output_clearly(MemoryType type)
    {
        FakeOutput device = Device();
        using var memory = new SharedMemory(4, s_layout.Size);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode, new VideoOutputOptions { Memory = MemoryChoice.Force(type) });
        var writer = new SlotWriter(output, memory);
        if (type is MemoryType.Dmabuf or MemoryType.Userptr) output.UseSlots(memory.Output(), s_layout);
        Assert.True(writer.Show(1));
        device.Unplug();
        Assert.Equal(VideoFailure.Gone, Assert.Throws<VideoException>(() => { for (int i = 0; i < 8; i++) writer.Show(1); }).Failure);
    }

    [Fact]
    public void Times_reach_the_device_in_microseconds()
    {
        FakeOutput device = Device();
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        output.Write(picture.View, 7_123_456_789);
        output.Write(picture.View, 0);
        Assert.Equal(7_123_456_000, device.Times[0]);
    }

    [Fact]
    public void A_device_with_no_free_buffer_skips_the_frame_and_says_so()
    {
        FakeOutput device = Device(kept: 4);
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        for (int i = 0; i < 4; i++) Assert.True(output.Write(picture.View, 0));
        Assert.False(output.Write(picture.View, 0));
        Assert.False(output.Wait(MonotonicClock.Now));
        Assert.Equal((1, 0), (output.Statistics.Skipped, output.Statistics.Faults));
    }

    [Fact]
    public void Planes_and_single_buffers_are_filled_alike()
    {
        var device = new FakeOutput(30, multiPlanar: true) { Modes = [new VideoMode(FourCC.Pack("NV12"), Width, Height, new FrameRate(30, 1))] };
        using VideoOutput output = VideoOutput.Open(device.Open(), s_mode with { Format = PixelFormat.Nv12 });
        using FrameBuffer picture = Pictures.Counting(PixelFormat.Nv12, Width, Height);
        output.Write(picture.View, 0);
        output.Write(picture.View, 0);
        Assert.Equal(picture.Bytes.ToArray(), device.Shown[0]);
        using var memory = new SharedMemory(4, output.Layout.Size);
        Assert.True(output.UseSlots(memory.Output(), FrameLayout.Packed(PixelFormat.Nv12, Width, Height)));
        picture.Bytes.CopyTo(memory[1]);
        Assert.True(output.Queue(1, 0));
        Assert.True(output.Queue(2, 0));
        Assert.Equal(picture.Bytes.ToArray(), device.Shown[^1]);
    }

    [Fact]
    public void A_size_the_device_does_not_have_is_told()
    {
        using IVideoFile file = Device().Open();
        VideoException refusal = Assert.Throws<VideoException>(() => VideoOutput.Open(file, s_mode with { Width = 4000 }));
        Assert.Equal(VideoFailure.FormatHeld, refusal.Failure);
        Assert.Contains("64x32", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_is_no_output()
    {
        using IVideoFile file = new FakeCamera { Modes = [new VideoMode(FourCC.Pack("YUYV"), Width, Height, new FrameRate(30, 1))] }.Open();
        Assert.Equal(VideoFailure.Unsupported, Assert.Throws<VideoException>(() => VideoOutput.Open(file, s_mode)).Failure);
    }

    [Theory]
    [InlineData(MemoryType.Dmabuf)]
    [InlineData(MemoryType.Mmap)]
    public void After_a_crash_the_open_file_serves_the_next_process(MemoryType type)
    {
        FakeOutput device = Device();
        var kept = new KeptFile(device.Open());
        using var memory = new SharedMemory(4, s_layout.Size);
        VideoOutput first = VideoOutput.Open(kept, s_mode);
        if (type == MemoryType.Dmabuf) first.UseSlots(memory.Output(), s_layout);
        var before = new SlotWriter(first, memory);
        for (byte value = 1; value < 4; value++) before.Show(value);
        // Killed: nothing is given back.
        using VideoOutput second = VideoOutput.Open(kept, s_mode, new VideoOutputOptions { Resume = true });
        Assert.Equal(MemoryType.Mmap, second.Memory);
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 77);
        for (int i = 0; i < 8; i++) Assert.True(second.Write(picture.View, 0));
        Assert.Equal(77, device.Shown[^1][0]);
        kept.Close();
    }

    private static FakeOutput Device(MemoryType[]? has = null, int alignment = 1, int mostBuffers = 32, int kept = 1) => new()
    {
        Modes = [new VideoMode(FourCC.Pack("YUYV"), Width, Height, new FrameRate(30, 1))],
        Memories = (has ?? [.. Enum.GetValues<MemoryType>()]).ToHashSet(),
        RowAlignment = alignment,
        MostBuffers = mostBuffers,
        Kept = kept,
    };
}
