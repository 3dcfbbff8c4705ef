namespace Camfx.Posix.Tests;

public sealed unsafe class DeviceTests
{
    // linux/random.h: _IOR('R', 0x00, int), how much entropy there is
    private const uint RNDGETENTCNT = 0x80045200;

    [Fact]
    public void A_driver_answers()
    {
        using FileDescriptor random = DeviceFile.Open("/dev/urandom", MapAccess.Read);
        int bits = -1;
        Assert.Equal(0, Ioctl.Call(random, RNDGETENTCNT, &bits));
        Assert.True(bits >= 0);
    }

    [Fact]
    public void A_refusal_is_the_negative_errno()
    {
        using FileDescriptor nothing = DeviceFile.Open("/dev/null", MapAccess.ReadWrite);
        int answer;
        Assert.Equal(-Errno.ENOTTY, Ioctl.Call(nothing, RNDGETENTCNT, &answer));
    }

    [Fact]
    public void Reading_and_writing_tell_how_much_or_the_negative_errno()
    {
        byte* bytes = stackalloc byte[8];
        bytes[0] = 1;
        using FileDescriptor zero = DeviceFile.Open("/dev/zero", MapAccess.ReadWrite);
        Assert.Equal(8, DeviceFile.Read(zero, bytes, 8));
        Assert.Equal(0, bytes[0]);
        Assert.Equal(8, DeviceFile.Write(zero, bytes, 8));
        using FileDescriptor full = DeviceFile.Open("/dev/full", MapAccess.ReadWrite);
        Assert.Equal(-Errno.ENOSPC, DeviceFile.Write(full, bytes, 8));
        using FileDescriptor readOnly = DeviceFile.Open("/dev/zero", MapAccess.Read);
        Assert.Equal(-Errno.EBADF, DeviceFile.Write(readOnly, bytes, 8));
    }

    [Fact]
    public void A_node_that_is_not_there_is_named()
    {
        PosixException failure = Assert.Throws<PosixException>(() => DeviceFile.Open("/dev/camfx-no-such-node", MapAccess.Read));
        Assert.Equal(Errno.ENOENT, failure.Errno);
        Assert.Contains("/dev/camfx-no-such-node", failure.Message);
    }

    [SkippableFact]
    public void A_dma_buf_is_the_memory_it_was_made_of()
    {
        Skip.IfNot(File.Exists(Udmabuf.Node), "The kernel has no udmabuf.");
        int page = MemoryMapping.PageSize;
        using FileDescriptor memory = Memfd.Create("camfx-test", 3 * page);
        using MemoryMapping writer = MemoryMapping.Map(memory, 0, 3 * page, MapAccess.ReadWrite);
        Memfd.AddSeals(memory, Seals.Shrink);
        using Udmabuf udmabuf = Udmabuf.Open();
        using FileDescriptor dmaBuf = udmabuf.Create(memory, page, page);
        writer.Address[page] = 42;
        using MemoryMapping seen = MemoryMapping.Map(dmaBuf, 0, page, MapAccess.Read);
        Assert.Equal(42, seen.Address[0]);
    }

    [SkippableFact]
    public void Memory_that_could_shrink_makes_no_dma_buf()
    {
        Skip.IfNot(File.Exists(Udmabuf.Node), "The kernel has no udmabuf.");
        using FileDescriptor memory = Memfd.Create("camfx-test", MemoryMapping.PageSize);
        using Udmabuf udmabuf = Udmabuf.Open();
        PosixException failure = Assert.Throws<PosixException>(() => udmabuf.Create(memory, 0, MemoryMapping.PageSize));
        Assert.Equal(Errno.EINVAL, failure.Errno);
    }
}
