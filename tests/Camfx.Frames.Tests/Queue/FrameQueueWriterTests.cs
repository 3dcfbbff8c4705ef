using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

public sealed unsafe class FrameQueueWriterTests
{
    [Fact]
    public void SlotsAreThePagesTheMemoryHasAndTheMemoryIsSealed()
    {
        using FrameQueueWriter writer = Queues.Writer(leaseLimit: 6);

        Assert.Equal(8, writer.SlotCount);
        Assert.Equal(0, writer.SlotSize % MemoryMapping.PageSize);
        Assert.Equal(FileStatus.Of(writer.Memory).Size, writer.SlotOffset(7) + writer.SlotSize);
        Seals required = Seals.Shrink | Seals.Grow | Seals.FutureWrite | Seals.Seal;
        Assert.Equal(required, Memfd.GetSeals(writer.Memory) & required);
        Assert.Throws<PosixException>(() => MemoryMapping.Map(writer.Memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite));
    }

    [Fact]
    public void ALeasedSlotIsNotBegunUntilItIsReleased()
    {
        using FrameQueueWriter writer = Queues.Writer(leaseLimit: 2);
        using LocalConsumer consumer = writer.AddConsumer(2);
        Queues.PublishOne(writer);
        Assert.True(consumer.TryLeaseNewest(out FrameLease held));

        for (int i = 0; i < 20; i++)
        {
            Assert.True(writer.TryBegin(out FrameSlot slot));
            Assert.NotEqual(held.Slot, slot.Index);
            writer.Publish(slot, default);
        }

        consumer.Release(held.Slot);
        var begun = new HashSet<int>();
        for (int i = 0; i < 4; i++)
        {
            Assert.True(writer.TryBegin(out FrameSlot slot));
            begun.Add(slot.Index);
            writer.Publish(slot, default);
        }

        Assert.Contains(held.Slot, begun);
    }

    [Fact]
    public void AConsumerGetsEachFrameOnceAndNoMoreThanItsShare()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using LocalConsumer consumer = writer.AddConsumer(2);
        Assert.False(consumer.TryLeaseNewest(out _));

        Queues.PublishOne(writer, FrameFlags.Discontinuity);
        Assert.True(consumer.TryLeaseNewest(out FrameLease first));
        Assert.Equal((1ul, FrameFlags.Discontinuity, new FrameTiming(1, 2)), (first.Sequence, first.Flags, first.Timing));
        Assert.Equal((nint)writer.SlotAddress(first.Slot), (nint)first.View.Plane(0));
        Assert.False(consumer.TryLeaseNewest(out _));

        Queues.PublishOne(writer);
        Assert.True(consumer.TryLeaseNewest(out FrameLease second));
        Queues.PublishOne(writer);
        Assert.False(consumer.TryLeaseNewest(out _));
        Assert.Equal(2, consumer.Leased);

        consumer.Release(second.Slot);
        Assert.True(consumer.TryLeaseNewest(out FrameLease third));
        Assert.Equal(3ul, third.Sequence);
        Assert.Throws<ArgumentException>(() => consumer.Release(second.Slot));
    }

    [Fact]
    public void SlotsThatAreNotNeededAreNeverTouched()
    {
        using FrameQueueWriter writer = Queues.Writer(leaseLimit: 30);
        for (int i = 0; i < 100; i++) Queues.PublishOne(writer);
        Assert.Equal(3, writer.Statistics.SlotsTouched);
    }

    [Fact]
    public void AnAbandonedSlotShowsNothingAndIsTakenAgain()
    {
        using FrameQueueWriter writer = Queues.Writer();
        Assert.True(writer.TryBegin(out FrameSlot slot));
        Assert.Throws<InvalidOperationException>(() => writer.TryBegin(out _));
        writer.Abandon(slot);
        Assert.Equal(0ul, writer.NewestSequence);
        Assert.Throws<InvalidOperationException>(() => writer.Publish(slot, default));
        Assert.True(writer.TryBegin(out FrameSlot again));
        Assert.Equal(slot.Index, again.Index);
        Assert.Equal(1ul, writer.Publish(again, default));
    }

    [Fact]
    public void LeasesGivenOutNeverExceedTheLimit()
    {
        using FrameQueueWriter writer = Queues.Writer(leaseLimit: 3);
        LocalConsumer first = writer.AddConsumer(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.AddConsumer(2));
        using (RemoteConsumer remote = writer.AddRemoteConsumer(5)) Assert.Equal(1, remote.Share);
        first.Dispose();
        Assert.Equal(3, writer.FreeLeases);
    }

    [Fact]
    public void AConsumerOutlivesItsWriter()
    {
        FrameQueueWriter writer = Queues.Writer();
        LocalConsumer consumer = writer.AddConsumer(1);
        Queues.PublishOne(writer);
        Assert.True(consumer.TryLeaseNewest(out FrameLease lease));
        writer.Dispose();
        Assert.Equal(0, *lease.View.Plane(0));
        Assert.False(consumer.Wait(lease.Sequence, Futex.NoDeadline));
        consumer.Dispose();
    }

    [Fact]
    public void PublishingAndLeasingAllocateNothing()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using LocalConsumer consumer = writer.AddConsumer(2);
        Cycle(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Cycle(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Cycle(int frames)
        {
            for (int i = 0; i < frames; i++)
            {
                if (!writer.TryBegin(out FrameSlot slot)) throw new InvalidOperationException("no slot");
                writer.Publish(slot, new FrameTiming(i, i));
                if (!consumer.TryLeaseNewest(out FrameLease lease)) throw new InvalidOperationException("no frame");
                consumer.Release(lease.Slot);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    public void LeaseLimitsOutsideTheFormatAreRefused(int leaseLimit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Queues.Writer(leaseLimit));

    [Fact]
    public void CompressedFramesAreRefused() =>
        Assert.Throws<ArgumentException>(
            () => FrameQueueWriter.Create(Queues.Options(layout: new FrameLayout(PixelFormat.Mjpeg, 64, 48, 0, 0, size: 4096))));
}
