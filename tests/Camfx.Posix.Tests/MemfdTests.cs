using Camfx.Posix.Interop;

namespace Camfx.Posix.Tests;

public sealed unsafe class MemfdTests
{
    private const uint MFD_HUGETLB = 4;

    [Fact]
    public void New_memory_is_a_regular_tmpfs_file_of_the_size_asked_for()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", 12_345);

        FileStatus status = FileStatus.Of(memory);
        Assert.Equal(12_345, status.Size);
        Assert.Equal(FileKind.Regular, status.Kind);
        Assert.Equal(FileStatus.TmpfsMagic, FileStatus.FileSystemType(memory));
        Assert.Equal(Seals.None, Memfd.GetSeals(memory) & ~Seals.Exec);
    }

    [SkippableFact]
    public void Memory_in_huge_pages_can_be_told_from_it()
    {
        int number = Libc.memfd_create("camfx-huge", Libc.MFD_CLOEXEC | Libc.MFD_ALLOW_SEALING | MFD_HUGETLB);
        Skip.If(number < 0, "The kernel has no huge pages.");
        using FileDescriptor memory = new(number, owned: true);
        Assert.Equal(FileStatus.HugetlbfsMagic, FileStatus.FileSystemType(memory));
    }

    [Fact]
    public void Sealed_against_future_writing_it_is_written_only_through_the_earlier_mapping()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", MemoryMapping.PageSize);
        using MemoryMapping writer = MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        const Seals Wanted = Seals.Shrink | Seals.Grow | Seals.FutureWrite | Seals.Seal;
        Memfd.AddSeals(memory, Wanted);

        Assert.Equal(Wanted, Memfd.GetSeals(memory) & Wanted);
        PosixException refusal = Assert.Throws<PosixException>(
            () => MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite));
        Assert.Equal(Errno.EPERM, refusal.Errno);

        // Not even through a descriptor that somebody opens anew for writing.
        using FileStream reopened = new($"/proc/self/fd/{memory.Number}", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        Assert.Throws<UnauthorizedAccessException>(() => reopened.Write([1]));

        using MemoryMapping reader = MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.Read);
        writer.Address[17] = 42;
        Assert.Equal(42, reader.Address[17]);
    }

    [Fact]
    public void Sealed_memory_takes_no_further_seal()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", 1);
        Memfd.AddSeals(memory, Seals.Seal);

        PosixException refusal = Assert.Throws<PosixException>(() => Memfd.AddSeals(memory, Seals.Shrink));
        Assert.Equal(Errno.EPERM, refusal.Errno);
        Assert.Contains("Shrink", refusal.Message);
    }

    [Fact]
    public void Memory_somebody_can_write_cannot_be_sealed_against_writing()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", MemoryMapping.PageSize);
        using (MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite))
            Assert.Equal(Errno.EBUSY, Assert.Throws<PosixException>(() => Memfd.AddSeals(memory, Seals.Write)).Errno);
        Memfd.AddSeals(memory, Seals.Write);
    }

    [Fact]
    public void What_is_no_memfd_has_no_seals()
    {
        using EventFd other = EventFd.Create();
        Assert.Equal(Errno.EINVAL, Assert.Throws<PosixException>(() => Memfd.GetSeals(other.Descriptor)).Errno);
    }

    [Fact]
    public void A_name_too_long_is_refused_by_name()
    {
        string name = new('n', 250);
        PosixException refusal = Assert.Throws<PosixException>(() => Memfd.Create(name, 1));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains($"'{name}'", refusal.Message);
    }

    [Fact]
    public void A_negative_size_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Memfd.Create("camfx-test", -1));
}
