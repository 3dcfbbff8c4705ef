namespace Camfx.Posix.Tests;

public sealed class FileStatusTests
{
    [Fact]
    public void It_tells_what_a_descriptor_is()
    {
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(UnixSocketType.Stream);
        using (first)
        using (second)
        using (EventFd signal = EventFd.Create())
        {
            Assert.Equal(FileKind.Socket, FileStatus.Of(first).Kind);
            Assert.Equal(FileKind.Other, FileStatus.Of(signal.Descriptor).Kind);
        }
    }

    [Fact]
    public void Two_descriptors_of_one_file_have_one_identity()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", 5);
        using FileDescriptor same = memory.Duplicate();
        using FileDescriptor other = Memfd.Create("camfx-test", 5);

        FileStatus status = FileStatus.Of(memory);
        Assert.Equal((status.Device, status.Inode), (FileStatus.Of(same).Device, FileStatus.Of(same).Inode));
        Assert.NotEqual(status.Inode, FileStatus.Of(other).Inode);
    }

    [Fact]
    public void It_tells_what_stands_at_a_path()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.At("file"), "12345");
        File.CreateSymbolicLink(folder.At("link"), folder.At("file"));

        Assert.Equal(5, FileStatus.OfPath(folder.At("file"))!.Value.Size);
        Assert.Equal(FileKind.SymbolicLink, FileStatus.OfPath(folder.At("link"))!.Value.Kind);
        Assert.Equal(FileKind.Directory, FileStatus.OfPath(folder.At("."))!.Value.Kind);
        Assert.Null(FileStatus.OfPath(folder.At("nothing")));
        Assert.Equal(Errno.ENOTDIR, Assert.Throws<PosixException>(() => FileStatus.OfPath(folder.At("file/below"))).Errno);
    }

    [Fact]
    public void A_device_node_has_the_number_of_its_device()
    {
        FileStatus status = FileStatus.OfPath("/dev/null")!.Value;
        Assert.Equal(FileKind.CharacterDevice, status.Kind);
        Assert.Equal(0x103u, status.DeviceNumber); // major 1, minor 3
    }
}
