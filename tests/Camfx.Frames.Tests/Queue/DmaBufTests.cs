using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

public sealed unsafe class DmaBufTests
{
    private const Seals AllSeals = Seals.Shrink | Seals.Grow | Seals.FutureWrite | Seals.Seal;

    [Fact]
    public void A_queue_has_none_unless_they_are_asked_for()
    {
        using FrameQueueWriter writer = Queues.Writer();
        Assert.Empty(writer.DmaBufs);
        Assert.Null(writer.WhyNoDmaBufs);
    }

    [Fact]
    public void A_machine_that_cannot_make_them_has_a_queue_and_a_reason()
    {
        using var writer = FrameQueueWriter.Create(Queues.Options() with { DmaBufs = 6 });
        if (writer.DmaBufs.IsEmpty) Assert.Contains(writer.WhyNoDmaBufs!, text => text is not '\n');
        else Assert.Null(writer.WhyNoDmaBufs);
        Assert.Equal(AllSeals, Memfd.GetSeals(writer.Memory) & AllSeals);
        Queues.PublishOne(writer);
    }

    [Fact]
    public void No_more_than_there_are_slots() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameQueueWriter.Create(Queues.Options(leaseLimit: 4) with { DmaBufs = 7 }));

    [SkippableFact]
    public void Each_is_the_memory_of_its_slot()
    {
        using var writer = FrameQueueWriter.Create(Queues.Options(leaseLimit: 4) with { DmaBufs = 5 });
        Skip.If(writer.DmaBufs.IsEmpty, writer.WhyNoDmaBufs ?? "");
        Assert.Equal(5, writer.DmaBufs.Length);
        for (int slot = 0; slot < 5; slot++)
        {
            writer.SlotAddress(slot)[0] = (byte)(slot + 1);
            using MemoryMapping mapping = MemoryMapping.Map(writer.DmaBufs[slot], 0, writer.SlotSize, MapAccess.Read);
            Assert.Equal(slot + 1, mapping.Address[0]);
        }

        Assert.Equal(AllSeals, Memfd.GetSeals(writer.Memory) & AllSeals);
    }
}
