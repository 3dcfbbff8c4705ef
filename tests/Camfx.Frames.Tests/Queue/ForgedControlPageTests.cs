using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

public sealed unsafe class ForgedControlPageTests
{
    private delegate void Forgery(ControlPage* page);

    private static readonly Dictionary<string, Forgery> s_pages = new(StringComparer.Ordinal)
    {
        ["magic"] = page => page->Magic = WireFormat.QueueMagic,
        ["version 0"] = page => page->Version = 0,
        ["version 2"] = page => page->Version = 2,
        ["share 63"] = page => page->Share = 63,
        ["share 2^32 - 1"] = page => page->Share = uint.MaxValue,
        ["generation before"] = page => page->Generation--,
        ["generation after"] = page => page->Generation++,
    };

    public static TheoryData<string> Pages => [.. s_pages.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public void AForgedPageIsRefused(string forgery)
    {
        using var queue = new ForgedQueue();
        using MemoryMapping page = MemoryMapping.Map(queue.Control, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        s_pages[forgery]((ControlPage*)page.Address);
        Assert.Equal(QueueError.BadControlPage, Assert.Throws<QueueException>(() => queue.Attach()).Error);
    }

    [Fact]
    public void AControlPageThatIsNoneIsRefused()
    {
        using var queue = new ForgedQueue();
        using FileDescriptor unsealed = Memfd.Create("page", MemoryMapping.PageSize);
        using FileDescriptor empty = Sealed(MemoryMapping.PageSize, Seals.None);
        using FileDescriptor large = Sealed(2 * MemoryMapping.PageSize, Seals.None);
        using FileDescriptor readOnly = Sealed(MemoryMapping.PageSize, Seals.Write);
        Assert.Equal(QueueError.NotSealed, Refusal(unsealed));
        Assert.Equal(QueueError.BadControlPage, Refusal(empty));
        Assert.Equal(QueueError.BadControlPage, Refusal(large));
        Assert.Equal(QueueError.BadControlPage, Refusal(readOnly));

        QueueError Refusal(FileDescriptor control) =>
            Assert.Throws<QueueException>(() => FrameQueueReader.Attach(queue.Memory, control, QueueLimits.Default)).Error;

        static FileDescriptor Sealed(long size, Seals more)
        {
            FileDescriptor memory = Memfd.Create("page", size);
            Memfd.AddSeals(memory, Seals.Shrink | Seals.Grow | Seals.Seal | more);
            return memory;
        }
    }
}
