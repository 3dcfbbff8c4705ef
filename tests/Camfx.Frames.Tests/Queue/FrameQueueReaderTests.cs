using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

public sealed unsafe class FrameQueueReaderTests
{
    [Fact]
    public void AReaderSeesWhatTheOptionsSaid()
    {
        FrameQueueOptions options = Queues.Options(generation: 7);
        using var writer = FrameQueueWriter.Create(options);
        using RemoteConsumer consumer = writer.AddRemoteConsumer(2);
        using FrameQueueReader reader = Attach(writer, consumer);

        Assert.Equal(options.Layout, reader.Layout);
        Assert.Equal((options.Matrix, options.Range), (reader.Matrix, reader.Range));
        Assert.Equal((30, 1, 7ul, 2), (reader.FrameRateNumerator, reader.FrameRateDenominator, reader.Generation, reader.Share));
        Assert.Equal((writer.SlotCount, writer.SlotSize), (reader.SlotCount, reader.SlotSize));
        Assert.Equal(writer.SlotOffset(3), reader.SlotOffset(3));
        Assert.Equal(QueueState.Live, reader.State);
    }

    [Theory]
    [InlineData(PixelFormat.I420, 641, 361)]
    [InlineData(PixelFormat.Nv12, 641, 361)]
    [InlineData(PixelFormat.I422, 7, 5)]
    [InlineData(PixelFormat.Yuyv, 33, 3)]
    [InlineData(PixelFormat.Bgra, 1, 1)]
    [InlineData(PixelFormat.Bgr24, 5, 9)]
    [InlineData(PixelFormat.Gray8, 640, 480)]
    public void EveryRawFormatArrivesAsItWasDrawn(PixelFormat format, int width, int height)
    {
        var layout = FrameLayout.Packed(format, width, height);
        using var writer = FrameQueueWriter.Create(Queues.Options(layout: layout));
        using RemoteConsumer consumer = writer.AddRemoteConsumer(1);
        using FrameQueueReader reader = Attach(writer, consumer);
        Assert.True(writer.TryBegin(out FrameSlot slot));
        byte[] picture = new byte[layout.Size];
        new Random(1).NextBytes(picture);
        picture.CopyTo(new Span<byte>(slot.View.Plane(0), layout.Size));
        writer.Publish(slot, new FrameTiming(10, 20), FrameFlags.Placeholder);

        using var copy = new FrameBuffer(layout, ColorMatrix.Bt709, ColorRange.Limited);
        Assert.True(reader.TryCopyNewest(copy.View, out CopiedFrame copied));
        Assert.Equal(new CopiedFrame(1, new FrameTiming(10, 20), FrameFlags.Placeholder), copied);
        AssertRowsEqual(slot.View, copy.View, layout);

        using RemoteConsumer other = writer.AddRemoteConsumer(1);
        using FrameQueueReader leasing = Attach(writer, other);
        Assert.True(leasing.TryAcquire(out FrameLease lease));
        Assert.True(new ReadOnlySpan<byte>(lease.View.Plane(0), layout.Size).SequenceEqual(picture));
        Assert.True(leasing.Release(lease));
    }

    [Fact]
    public void ACopyGoesToRowsOfAnyStride()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddRemoteConsumer(0);
        using FrameQueueReader reader = Attach(writer, consumer);
        Assert.Equal(0, reader.Share);
        Assert.True(writer.TryBegin(out FrameSlot slot));
        new Random(2).NextBytes(new Span<byte>(slot.View.Plane(0), writer.Layout.Size));
        writer.Publish(slot, default);

        var wide = new FrameLayout(PixelFormat.I420, 64, 48, 0, 80, 80 * 48, 48, 80 * 48 + 48 * 24, 48, size: 80 * 48 + 2 * 48 * 24);
        using var copy = new FrameBuffer(wide, ColorMatrix.Bt709, ColorRange.Limited);
        Assert.True(reader.TryCopyNewest(copy.View, out _));
        AssertRowsEqual(slot.View, copy.View, writer.Layout);
        Assert.False(reader.TryAcquire(out _));
        using var small = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, 32, 32), ColorMatrix.Bt709, ColorRange.Limited);
        Queues.PublishOne(writer);
        Assert.Throws<ArgumentException>(() => reader.TryCopyNewest(small.View, out _));
    }

    [Fact]
    public void ALeaseHeldTooLongIsRevokedAndItsHolderIsTold()
    {
        long now = 1;
        using var writer = FrameQueueWriter.Create(Queues.Options(leaseLimit: 2), () => now);
        using RemoteConsumer consumer = writer.AddRemoteConsumer(2);
        using FrameQueueReader reader = Attach(writer, consumer);
        Queues.PublishOne(writer);
        Assert.True(reader.TryAcquire(out FrameLease early));
        for (int i = 0; i < 10; i++) Queues.PublishOne(writer);
        now += 500_000_000;
        for (int i = 0; i < 10; i++) Queues.PublishOne(writer);
        Assert.True(reader.Release(early));

        Assert.True(reader.TryAcquire(out FrameLease late));
        for (int i = 0; i < 10; i++) Queues.PublishOne(writer);
        now += 500_000_001;
        for (int i = 0; i < 10; i++) Queues.PublishOne(writer);
        Assert.False(reader.Release(late));
        Assert.Equal(1, writer.Statistics.Revoked);
        Assert.Throws<ArgumentException>(() => reader.Release(late));
    }

    [Fact]
    public void AReaderThatSleepsIsWokenByAFrameByTheDeadlineAndByTheEnd()
    {
        FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddRemoteConsumer(1);
        using FrameQueueReader reader = Attach(writer, consumer);
        Assert.False(reader.Wait(0, MonotonicClock.Now + 1_000_000));

        for (ulong frame = 1; frame <= 200; frame++)
        {
            ulong after = frame - 1;
            bool woken = false;
            var sleeper = new Thread(() => woken = reader.Wait(after, MonotonicClock.Now + 20_000_000_000));
            sleeper.Start();
            if (frame % 2 == 0) Thread.Yield();
            Queues.PublishOne(writer);
            sleeper.Join();
            Assert.True(woken, $"Frame {frame} did not wake the reader.");
        }

        bool result = true;
        var last = new Thread(() => result = reader.Wait(200, MonotonicClock.Now + 20_000_000_000));
        last.Start();
        writer.Dispose();
        last.Join();
        Assert.False(result);
        Assert.Equal(QueueState.Ended, reader.State);
    }

    [Fact]
    public void AReaderThatSleepsOnAQueueItWasMovedFromIsWokenByItsEnd()
    {
        FrameQueueWriter writer = Queues.Writer();
        RemoteConsumer consumer = writer.AddRemoteConsumer(1);
        using FrameQueueReader reader = Attach(writer, consumer);
        bool result = true;
        long deadline = MonotonicClock.Now + 20_000_000_000;
        var sleeper = new Thread(() => result = reader.Wait(0, deadline));
        sleeper.Start();
        while (consumer.Leases.Waiting != WaitKind.Futex) Thread.Yield();
        Assert.False(sleeper.Join(50));

        consumer.Dispose();
        writer.Supersede();
        sleeper.Join();
        Assert.True(MonotonicClock.Now < deadline, "The reader was woken by its deadline only.");
        Assert.False(result);
        Assert.Equal(QueueState.Superseded, reader.State);
    }

    [Fact]
    public void NobodyIsWokenWhenNobodySleeps()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddRemoteConsumer(1);
        using FrameQueueReader reader = Attach(writer, consumer);
        for (int i = 0; i < 100; i++) Queues.PublishOne(writer);
        Assert.Equal((0, 0), (writer.Statistics.FutexWakes, writer.Statistics.Messages));
    }

    [Fact]
    public void ReadingAllocatesNothing()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddRemoteConsumer(2);
        using FrameQueueReader reader = Attach(writer, consumer);
        using var copy = new FrameBuffer(writer.Layout, ColorMatrix.Bt709, ColorRange.Limited);
        Cycle(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Cycle(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Cycle(int frames)
        {
            for (int i = 0; i < frames; i++)
            {
                if (!writer.TryBegin(out FrameSlot slot)) throw new InvalidOperationException("no slot");
                writer.Publish(slot, default);
                if (!reader.TryAcquire(out FrameLease lease) || !reader.Release(lease)) throw new InvalidOperationException("no frame");
                if (!writer.TryBegin(out slot)) throw new InvalidOperationException("no slot");
                writer.Publish(slot, default);
                if (!reader.Wait(reader.LastSequence, 0) || !reader.TryCopyNewest(copy.View, out _)) throw new InvalidOperationException("no frame");
            }
        }
    }

    internal static FrameQueueReader Attach(FrameQueueWriter writer, RemoteConsumer consumer) =>
        FrameQueueReader.Attach(writer.Memory, consumer.Control, QueueLimits.Default);

    private static void AssertRowsEqual(FrameView expected, FrameView actual, FrameLayout layout)
    {
        for (int plane = 0; plane < layout.PlaneCount; plane++)
            for (int y = 0; y < layout.Rows(plane); y++)
                Assert.True(
                    new ReadOnlySpan<byte>(expected.Row(plane, y), layout.RowBytes(plane))
                        .SequenceEqual(new ReadOnlySpan<byte>(actual.Row(plane, y), layout.RowBytes(plane))),
                    $"plane {plane}, row {y}");
    }
}
