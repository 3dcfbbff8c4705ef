using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

public sealed unsafe class HostileProducerTests
{
    private delegate void Forgery(QueueHeader* header);

    private static readonly Dictionary<string, (QueueError Error, Forgery Forge)> s_headers = new(StringComparer.Ordinal)
    {
        ["magic"] = (QueueError.NotAQueue, header => header->Magic++),
        ["version"] = (QueueError.UnsupportedVersion, header => header->Version = 2),
        ["header size"] = (QueueError.BadHeader, header => header->HeaderSize = 128),
        ["descriptor size"] = (QueueError.BadHeader, header => header->DescriptorSize = 64),
        ["version 0"] = (QueueError.UnsupportedVersion, header => header->Version = 0),
        ["no slots"] = (QueueError.BadHeader, header => header->SlotCount = 0),
        ["two slots"] = (QueueError.BadHeader, header => header->SlotCount = 2),
        ["65 slots"] = (QueueError.BadHeader, header => header->SlotCount = 65),
        ["2^32 - 1 slots"] = (QueueError.BadHeader, header => header->SlotCount = uint.MaxValue),
        ["a slot less"] = (QueueError.WrongSize, header => header->SlotCount--),
        ["slot size 0"] = (QueueError.BadHeader, header => header->SlotSize = 0),
        ["slot size no page multiple"] = (QueueError.BadHeader, header => header->SlotSize++),
        ["slot size that overflows"] = (QueueError.BadHeader, header => header->SlotSize = 1UL << 61),
        ["slot size beyond the limit"] = (QueueError.BadHeader, header => header->SlotSize = 7680 * 4320 * 4 + 8192),
        ["first slot no page multiple"] = (QueueError.BadHeader, header => header->FirstSlotOffset++),
        ["first slot in the descriptors"] = (QueueError.BadHeader, header => header->SlotCount = 64),
        ["first slot beyond 64 KiB"] = (QueueError.BadHeader, header => header->FirstSlotOffset = 65536 + 4096),
        ["first slot in the header"] = (QueueError.BadHeader, header => header->FirstSlotOffset = 0),
        ["first slot at 2^63"] = (QueueError.BadHeader, header => header->FirstSlotOffset = 1UL << 63),
        ["total size"] = (QueueError.WrongSize, header => header->TotalSize++),
        ["total size 0"] = (QueueError.WrongSize, header => header->TotalSize = 0),
        ["frame size 0"] = (QueueError.BadHeader, header => header->FrameSize = 0),
        ["frame smaller than its planes"] = (QueueError.BadFormat, header => header->FrameSize--),
        ["frame larger than its slot"] = (QueueError.BadHeader, header => header->FrameSize = uint.MaxValue),
        ["no frame rate"] = (QueueError.BadFormat, header => header->FrameRateDenominator = 0),
        ["frame rate 0"] = (QueueError.BadFormat, header => header->FrameRateNumerator = 0),
        ["frame rate 2^31"] = (QueueError.BadFormat, header => header->FrameRateNumerator = 1u << 31),
        ["a frame in 2^32 - 1 seconds"] = (QueueError.BadFormat, header => header->FrameRateDenominator = uint.MaxValue),
        ["unknown fourcc"] = (QueueError.BadFormat, header => header->Format.FourCC = 0),
        ["compressed"] = (QueueError.BadFormat, header => header->Format.FourCC = FourCC.Pack("MJPG")),
        ["width 0"] = (QueueError.BadFormat, header => header->Format.Width = 0),
        ["width 16385"] = (QueueError.BadFormat, header => header->Format.Width = 16385),
        ["height 0"] = (QueueError.BadFormat, header => header->Format.Height = 0),
        ["width 2^31"] = (QueueError.BadFormat, header => header->Format.Width = 1u << 31),
        ["height beyond the slot"] = (QueueError.BadFormat, header => header->Format.Height = 16384),
        ["plane count"] = (QueueError.BadFormat, header => header->Format.PlaneCount = 1),
        ["plane that the format has not"] = (QueueError.BadFormat, header => (header->Format.FourCC, header->Format.PlaneCount) = (FourCC.Pack("NV12"), 2)),
        ["stride below a row"] = (QueueError.BadFormat, header => header->Format.Stride0 = 63),
        ["stride beyond the slot"] = (QueueError.BadFormat, header => header->Format.Stride1 = uint.MaxValue),
        ["offset beyond the slot"] = (QueueError.BadFormat, header => header->Format.Offset2 = (uint)header->SlotSize - 767),
        ["offset 2^32 - 1"] = (QueueError.BadFormat, header => header->Format.Offset2 = uint.MaxValue),
        ["matrix 0"] = (QueueError.BadFormat, header => header->Format.Matrix = 0),
        ["matrix"] = (QueueError.BadFormat, header => header->Format.Matrix = 3),
        ["range"] = (QueueError.BadFormat, header => header->Format.Range = 0),
        ["range 3"] = (QueueError.BadFormat, header => header->Format.Range = 3),
        ["generation of another control page"] = (QueueError.BadControlPage, header => header->Generation = 2),
    };

    private static readonly Dictionary<string, Action<ForgedQueue>> s_frames = new(StringComparer.Ordinal)
    {
        ["slot beyond the last"] = queue => queue.Header->Newest = new FrameWord(9, 6).Value,
        ["slot 255"] = queue => queue.Header->Newest = new FrameWord(9, 255).Value,
        ["another size"] = queue => queue.Slots[0].Format.Width = 16384,
        ["another format"] = queue => queue.Slots[0].Format.FourCC = FourCC.Pack("GREY"),
        ["offset beyond the slot"] = queue => queue.Slots[0].Format.Offset1 = 1u << 30,
        ["a byte beyond the frame, in its slot"] = queue => queue.Slots[0].Format.Offset2++,
        ["stride longer than the frame"] = queue => queue.Slots[0].Format.Stride2 = queue.Header->FrameSize + 1,
        ["a plane less"] = queue => queue.Slots[0].Format.PlaneCount = 2,
        ["another height"] = queue => queue.Slots[0].Format.Height = 47,
        ["range"] = queue => queue.Slots[0].Format.Range = 0,
        ["stride that overflows"] = queue => queue.Slots[0].Format.Stride0 = uint.MaxValue,
        ["bytes used"] = queue => queue.Slots[0].BytesUsed = uint.MaxValue,
        ["matrix"] = queue => queue.Slots[0].Format.Matrix = 77,
    };

    public static TheoryData<string> Headers => [.. s_headers.Keys];

    public static TheoryData<string> Frames => [.. s_frames.Keys];

    [Theory]
    [MemberData(nameof(Headers))]
    public void AForgedHeaderIsRefusedWithItsReason(string forgery)
    {
        (QueueError error, Forgery forge) = s_headers[forgery];
        using var queue = new ForgedQueue();
        forge(queue.Header);
        Assert.Equal(error, Assert.Throws<QueueException>(() => queue.Attach()).Error);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void AForgedFrameIsRefusedAndTakesNoLease(string forgery)
    {
        using var queue = new ForgedQueue();
        using FrameQueueReader reader = queue.Attach();
        s_frames[forgery](queue);
        Assert.Equal(QueueError.BadFrame, Assert.Throws<QueueException>(() => reader.TryAcquire(out _)).Error);
        Assert.Equal(0, reader.Leased);
        using var copy = new FrameBuffer(reader.Layout, reader.Matrix, reader.Range);
        Assert.Equal(QueueError.BadFrame, Assert.Throws<QueueException>(() => reader.TryCopyNewest(copy.View, out _)).Error);
    }

    [Fact]
    public void AnUnforgedQueueIsAccepted()
    {
        using var queue = new ForgedQueue();
        using FrameQueueReader reader = queue.Attach();
        Assert.True(reader.TryAcquire(out FrameLease lease));
        Assert.True(reader.Release(lease));
    }

    [Fact]
    public void AQueueBeyondTheLimitsIsRefused()
    {
        using var queue = new ForgedQueue();
        Assert.Equal(QueueError.BadHeader, Assert.Throws<QueueException>(() => queue.Attach(new QueueLimits(4, 1 << 20))).Error);
        Assert.Equal(QueueError.BadHeader, Assert.Throws<QueueException>(() => queue.Attach(new QueueLimits(64, 4000))).Error);
    }

    [Fact]
    public void AWakeWordThatNeverRestsDoesNotKeepASleeperPastItsDeadline()
    {
        using var queue = new ForgedQueue();
        using FrameQueueReader reader = queue.Attach();
        bool stop = false;
        var restless = new Thread(() =>
        {
            while (!Volatile.Read(ref stop)) queue.Header->Wake++;
        });
        restless.Start();
        Assert.False(reader.Wait(1, MonotonicClock.Now + 20_000_000));
        Volatile.Write(ref stop, true);
        restless.Join();
    }

    [Fact]
    public void AControlPageFullOfAnythingDoesNotDisturbTheProducer()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using LocalConsumer honest = writer.AddConsumer(2);
        using var enemy = new HostilePage(writer, 2);
        for (int value = 0; value < 256; value++)
        {
            enemy.Fill((byte)value);
            Queues.PublishOne(writer);
            Assert.True(honest.TryLeaseNewest(out FrameLease lease));
            enemy.ClaimEverywhere(new FrameWord(lease.Sequence, lease.Slot).Value);
            for (int i = 0; i < 8; i++)
            {
                Assert.True(writer.TryBegin(out FrameSlot slot));
                Assert.NotEqual(lease.Slot, slot.Index);
                writer.Publish(slot, default);
            }

            honest.Release(lease.Slot);
        }
    }

    [Fact]
    public void AWordThatFollowsEveryChoiceKeepsNoMoreSlotsThanItsShare()
    {
        using FrameQueueWriter writer = Queues.Writer(leaseLimit: 2);
        using var enemy = new HostilePage(writer, 2);
        ulong[] published = new ulong[writer.SlotCount];
        writer.Interleave = step =>
        {
            if (step != WriterStep.Marked) return;
            for (int slot = 0; slot < published.Length; slot++)
                if (published[slot] != 0 && enemy.SequenceOf(slot) == 0) enemy.ClaimEverywhere(new FrameWord(published[slot], slot).Value);
        };
        for (int i = 0; i < 50; i++)
        {
            Assert.True(writer.TryBegin(out FrameSlot slot));
            published[slot.Index] = writer.Publish(slot, default);
        }

        Assert.InRange(writer.Statistics.Contended, 50, 100);
    }
}
