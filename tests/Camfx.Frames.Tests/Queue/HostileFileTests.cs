using System.Runtime.InteropServices;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

/// <summary>Descriptors a hostile producer may pass instead of a sealed memfd, and what it may still try with one that is sealed.</summary>
public sealed unsafe partial class HostileFileTests
{
    private const uint AllowSealing = 2;
    private const uint HugePages = 4;
    private const int KeepSizePunchHole = 1 | 2;
    private const int RemovePages = 9;

    [Theory]
    [InlineData(Seals.None)]
    [InlineData(Seals.Shrink | Seals.Grow)]
    [InlineData(Seals.Shrink | Seals.FutureWrite | Seals.Seal)]
    [InlineData(Seals.Grow | Seals.FutureWrite | Seals.Seal)]
    public void AMissingSealIsRefused(Seals seals)
    {
        using var queue = new ForgedQueue(seals);
        Assert.Equal(QueueError.NotSealed, Assert.Throws<QueueException>(() => queue.Attach()).Error);
    }

    [Theory]
    [InlineData(4096, QueueError.WrongSize)]
    [InlineData(-4096, QueueError.WrongSize)]
    public void MemoryOfAnotherSizeIsRefused(long extra, QueueError error)
    {
        using var queue = new ForgedQueue(extra: extra);
        Assert.Equal(error, Assert.Throws<QueueException>(() => queue.Attach()).Error);
    }

    [Fact]
    public void MemoryThatWasTruncatedBeforeItWasSealedIsRefused()
    {
        using var queue = new ForgedQueue();
        foreach (long length in new[] { 0L, 1, 4095, 4096, FileStatus.Of(queue.Memory).Size - 1 })
        {
            // The header is that of the whole queue; only the file ends early, and the seals keep it so.
            using FileDescriptor memory = Memfd.Create("camfx-truncated", FileStatus.Of(queue.Memory).Size);
            using (MemoryMapping mapping = MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite))
                Buffer.MemoryCopy(queue.Header, mapping.Address, MemoryMapping.PageSize, MemoryMapping.PageSize);
            Assert.Equal(0, ftruncate(memory.Number, length));
            Memfd.AddSeals(memory, ForgedQueue.AllSeals);
            Assert.Equal(QueueError.WrongSize, Refusal(memory, queue));
        }
    }

    [SkippableFact]
    public void MemoryInHugePagesIsRefused()
    {
        using var queue = new ForgedQueue();

        // Making it takes no huge page, only touching it would: a machine without any does as well.
        int number = memfd_create("camfx-huge", AllowSealing | HugePages);
        Skip.If(number < 0, "this kernel has no huge pages");
        using var memory = new FileDescriptor(number, owned: true);
        Assert.Equal(0, ftruncate(number, 2 << 20));
        Memfd.AddSeals(memory, ForgedQueue.AllSeals);
        Assert.Equal(QueueError.NotSharedMemory, Refusal(memory, queue));
    }

    [Fact]
    public void SparseMemoryOf64GigabytesIsRefused()
    {
        using var queue = new ForgedQueue(extra: 64L << 30);
        Assert.Equal(QueueError.TooLarge, Refusal(queue.Memory, queue));
    }

    [Fact]
    public void NoHoleCanBePunchedUnderAReader()
    {
        using var queue = new ForgedQueue();
        using FrameQueueReader reader = queue.Attach();
        Assert.True(reader.TryAcquire(out FrameLease lease));
        byte seen = *lease.View.Plane(0);
        Assert.Equal(-1, fallocate(queue.Memory.Number, KeepSizePunchHole, reader.SlotOffset(lease.Slot), reader.SlotSize));
        Assert.Equal(-1, madvise((byte*)queue.Header + reader.SlotOffset(lease.Slot), (nuint)reader.SlotSize, RemovePages));
        Assert.Equal(-1, ftruncate(queue.Memory.Number, 0));
        Assert.Equal(seen, *lease.View.Plane(0));
        Assert.True(reader.Release(lease));
    }

    [Fact]
    public void APipeIsRefused()
    {
        using var queue = new ForgedQueue();
        int* ends = stackalloc int[2];
        Assert.Equal(0, pipe(ends));
        using var reading = new FileDescriptor(ends[0], owned: true);
        using var writing = new FileDescriptor(ends[1], owned: true);
        Assert.Equal(QueueError.NotAFile, Refusal(reading, queue));
        Assert.Equal(QueueError.NotAFile, Refusal(writing, queue));
    }

    [Theory]
    [InlineData("/", QueueError.NotAFile)]
    [InlineData("/dev/zero", QueueError.NotAFile)]
    [InlineData("/dev/null", QueueError.NotAFile)]
    [InlineData("/proc/self/maps", QueueError.NotSharedMemory)]
    public void WhatIsNoMemoryIsRefused(string path, QueueError error)
    {
        using var queue = new ForgedQueue();
        using FileDescriptor file = Open(path);
        Assert.Equal(error, Refusal(file, queue));
    }

    [Fact]
    public void AFileIsRefused()
    {
        using var queue = new ForgedQueue();
        string path = Path.Combine(AppContext.BaseDirectory, $"queue-{Guid.NewGuid():n}");
        File.WriteAllBytes(path, new byte[MemoryMapping.PageSize]);
        using FileDescriptor file = Open(path);
        File.Delete(path);

        // The tests may lie on a tmpfs themselves.
        bool memory = FileStatus.FileSystemType(file) == FileStatus.TmpfsMagic;
        Assert.Equal(memory ? QueueError.NotSealed : QueueError.NotSharedMemory, Refusal(file, queue));
    }

    [SkippableFact]
    public void AFileInSharedMemoryIsRefused()
    {
        using var queue = new ForgedQueue();
        string path = $"/dev/shm/camfx-test-{Guid.NewGuid():n}";
        Skip.IfNot(Directory.Exists("/dev/shm"), "there is no /dev/shm");
        File.WriteAllBytes(path, new byte[MemoryMapping.PageSize]);
        using FileDescriptor file = Open(path);
        File.Delete(path);
        Assert.Equal(QueueError.NotSealed, Refusal(file, queue));
    }

    [Fact]
    public void ASocketIsRefused()
    {
        using var queue = new ForgedQueue();
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (first)
        using (second)
            Assert.Equal(QueueError.NotAFile, Refusal(first, queue));
    }

    private static QueueError Refusal(FileDescriptor memory, ForgedQueue queue) =>
        Assert.Throws<QueueException>(() => FrameQueueReader.Attach(memory, queue.Control, QueueLimits.Default)).Error;

    private static FileDescriptor Open(string path)
    {
        int number = open(path, 0);
        Assert.True(number >= 0, $"{path} cannot be opened");
        return new FileDescriptor(number, owned: true);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc")]
    private static partial int ftruncate(int file, long length);

    [LibraryImport("libc")]
    private static partial int fallocate(int file, int mode, long offset, long length);

    [LibraryImport("libc")]
    private static partial int madvise(byte* address, nuint length, int advice);

    [LibraryImport("libc")]
    private static partial int pipe(int* ends);
}
