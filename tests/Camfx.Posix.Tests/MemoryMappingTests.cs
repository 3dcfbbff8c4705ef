namespace Camfx.Posix.Tests;

public sealed unsafe class MemoryMappingTests
{
    private static readonly int s_page = MemoryMapping.PageSize;

    [Fact]
    public void Two_mappings_of_one_file_are_one_memory()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", 3 * s_page);
        using MemoryMapping whole = MemoryMapping.Map(memory, 0, 3 * s_page, MapAccess.ReadWrite);
        using MemoryMapping second = MemoryMapping.Map(memory, s_page, s_page, MapAccess.Read);

        whole.Address[s_page + 5] = 99;
        Assert.Equal(99, second.Address[5]);
    }

    [Fact]
    public void It_outlives_the_descriptor()
    {
        MemoryMapping mapping;
        using (FileDescriptor memory = Memfd.Create("camfx-test", s_page))
            mapping = MemoryMapping.Map(memory, 0, s_page, MapAccess.ReadWrite);
        using (mapping)
        {
            mapping.Address[0] = 7;
            Assert.Equal(7, mapping.Address[0]);
        }
    }

    [Fact]
    public void A_hole_reads_as_zero()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", 16 * s_page);
        using MemoryMapping mapping = MemoryMapping.Map(memory, 0, 16 * s_page, MapAccess.Read);
        mapping.Populate();
        Assert.Equal(-1, new ReadOnlySpan<byte>(mapping.Address, 16 * s_page).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Populating_beyond_the_end_of_the_file_is_an_error_where_touching_would_be_a_fault()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", s_page);
        using MemoryMapping mapping = MemoryMapping.Map(memory, 0, 2 * s_page, MapAccess.Read);
        Assert.Equal(Errno.EFAULT, Assert.Throws<PosixException>(mapping.Populate).Errno);
    }

    [Fact]
    public void After_disposal_it_gives_no_address()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", s_page);
        MemoryMapping mapping = MemoryMapping.Map(memory, 0, s_page, MapAccess.Read);
        mapping.Dispose();
        mapping.Dispose();
        Assert.Throws<ObjectDisposedException>(() => (nint)mapping.Address);
    }

    [Fact]
    public void Impossible_ranges_are_refused()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", s_page);
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryMapping.Map(memory, 0, 0, MapAccess.Read));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryMapping.Map(memory, -s_page, s_page, MapAccess.Read));
        Assert.Equal(Errno.EINVAL, Assert.Throws<PosixException>(() => MemoryMapping.Map(memory, 1, s_page, MapAccess.Read)).Errno);
    }

    [Fact]
    public void What_is_no_memory_cannot_be_mapped()
    {
        using EventFd notMappable = EventFd.Create();
        PosixException refusal = Assert.Throws<PosixException>(
            () => MemoryMapping.Map(notMappable.Descriptor, 0, s_page, MapAccess.Read));
        Assert.Equal(Errno.ENODEV, refusal.Errno);
    }
}
