namespace Camfx.Posix.Tests;

public sealed unsafe class MemfdTests
{
    [Fact]
    public void New_memory_is_a_regular_tmpfs_file_of_the_size_asked_for()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", 12_345);

        FileStatus status = FileStatus.Of(memory);
        Assert.Equal(12_345, status.Size);
        Assert.Equal(FileKind.Regular, status.Kind);
        Assert.Equal(FileStatus.TmpfsMagic, FileStatus.FileSystemType(memory));
    }

    [Fact]
    public void Sealed_against_future_writing_it_is_written_only_through_the_earlier_mapping()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", MemoryMapping.PageSize);
        using MemoryMapping writer = MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        Memfd.AddSeals(memory, Seals.Shrink | Seals.Grow | Seals.FutureWrite | Seals.Seal);

        PosixException refusal = Assert.Throws<PosixException>(
            () => MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite));
        Assert.Equal(Errno.EPERM, refusal.Errno);

        using MemoryMapping reader = MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.Read);
        writer.Address[17] = 42;
        Assert.Equal(42, reader.Address[17]);
    }
}
