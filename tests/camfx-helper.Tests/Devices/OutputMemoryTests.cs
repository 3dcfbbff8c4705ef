using Camfx.Frames;
using Camfx.Helper.Devices;
using Camfx.Posix;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Helper.Tests.Devices;

/// <summary>An output that reads memory of every kind, and refuses it at will.</summary>
public sealed class OutputMemoryTests
{
    private static readonly VideoMode[] s_modes = [new VideoMode(FourCC.Pack("YUYV"), 64, 48, new FrameRate(30, 1))];

    [Fact]
    public void Slots_go_to_the_driver_without_a_copy_and_come_back()
    {
        FakeOutput output = new() { Modes = s_modes };
        using WriterRig rig = WriterRig.OnOutput(output);
        TestQueue queue = rig.NewQueue(leases: 4);
        Assert.Null(rig.Attach(queue.Attach(), MemoryWish.ZeroCopy));
        long copied = rig.Writer.Counters.CopiedBytes;
        int cards = output.Shown.Count;
        for (byte value = 1; value <= 20; value++)
        {
            queue.Publish(value);
            rig.NextFrame();
        }

        Assert.Equal("userptr: dmabuf: a slot has no dma-buf", rig.Log.Last.Memory);
        Assert.Equal(copied, rig.Writer.Counters.CopiedBytes);
        byte[] values = [.. output.Shown.Skip(cards).Where(frame => Array.TrueForAll(frame, part => part == frame[0])).Select(frame => frame[0])];
        Assert.Equal(Enumerable.Range(1, values.Length).Select(value => (byte)value), values);
        Assert.True(values.Length >= 18, $"{values.Length} of 20 frames");
        rig.Writer.Detach(null);
        rig.Writer.Step();
        queue.Publish(99);
        Assert.Equal(0, queue.Leased);
        Assert.StartsWith("mmap", rig.Log.Last.Memory, StringComparison.Ordinal);
    }

    [Fact]
    public void Dma_bufs_are_taken_before_anything_else()
    {
        FakeOutput output = new() { Modes = s_modes };
        using WriterRig rig = WriterRig.OnOutput(output);
        TestQueue queue = rig.NewQueue(leases: 4);
        FileDescriptor[] dmaBufs = [.. Enumerable.Range(0, queue.Writer.SlotCount).Select(slot => Filled(queue.Writer.SlotSize, (byte)(100 + slot)))];
        Assert.Null(rig.Attach(queue.Attach(socket: true, dmaBufs), MemoryWish.Dmabuf));
        int cards = output.Shown.Count;
        for (byte value = 1; value <= 5; value++)
        {
            queue.Publish(value);
            rig.NextFrame();
        }

        Assert.Equal("dmabuf", rig.Log.Last.Memory);
        Assert.Contains(output.Shown.Skip(cards), frame => frame[0] >= 100 && Array.TrueForAll(frame, part => part == frame[0]));
    }

    [Fact]
    public void What_the_driver_refuses_while_it_streams_falls_back_is_counted_and_goes_on()
    {
        FakeOutput output = new() { Modes = s_modes };
        using WriterRig rig = WriterRig.OnOutput(output);
        TestQueue queue = rig.NewQueue(leases: 4);
        Assert.Null(rig.Attach(queue.Attach()));
        queue.Publish(1);
        rig.NextFrame();
        Assert.StartsWith("userptr", rig.Log.Last.Memory, StringComparison.Ordinal);
        output.Refuse(FakeRequest.Queue, Errno.EFAULT);
        for (byte value = 2; value < 80; value++)
        {
            queue.Publish(value);
            rig.NextFrame();
        }

        Assert.True(rig.Writer.Counters.FallBacks >= 1);
        Assert.StartsWith("mmap", rig.Log.Last.Memory, StringComparison.Ordinal);
        Assert.Contains("EFAULT", rig.Log.Last.Memory, StringComparison.Ordinal);
        Assert.Empty(rig.Log.Detachments);
        Assert.Equal("streaming", rig.Log.Last.State);
        Assert.True(output.Shown[^1][0] > 70);
        Assert.True(queue.Leased <= 1);
    }

    [Fact]
    public void Who_wants_no_copy_and_cannot_have_it_is_told_why()
    {
        FakeOutput output = new() { Modes = s_modes, Memories = new HashSet<MemoryType> { MemoryType.Mmap } };
        using WriterRig rig = WriterRig.OnOutput(output);
        string? refusal = rig.Attach(rig.NewQueue().Attach(), MemoryWish.ZeroCopy);
        Assert.Contains("userptr", refusal, StringComparison.Ordinal);
        Assert.Null(rig.Attach(rig.NewQueue().Attach()));
    }

    private static unsafe FileDescriptor Filled(long size, byte value)
    {
        FileDescriptor memory = Memfd.Create("dmabuf", size);
        using MemoryMapping mapping = MemoryMapping.Map(memory, 0, size, MapAccess.ReadWrite);
        new Span<byte>(mapping.Address, (int)size).Fill(value);
        return memory;
    }
}
