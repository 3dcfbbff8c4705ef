using Camfx.Posix.Interop;

namespace Camfx.Posix.Tests;

public sealed class FileDescriptorTests
{
    private const int F_GETFD = 1;
    private const int FD_CLOEXEC = 1;

    [Fact]
    public void Disposing_an_owned_one_closes_it()
    {
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(UnixSocketType.Stream);
        first.Dispose();
        using (second)
        {
            using ReceivedMessage message = UnixSocket.Receive(second, new byte[1], wait: false);
            Assert.True(message.IsClosed);
        }
    }

    [Fact]
    public void Disposing_an_unowned_one_leaves_it_open()
    {
        using EventFd signal = EventFd.Create();
        using (FileDescriptor unowned = new(signal.Descriptor.Number, owned: false))
            Assert.Equal(signal.Descriptor.Number, unowned.Number);
        signal.Signal();
    }

    [Fact]
    public void A_duplicate_lives_on_its_own()
    {
        using EventFd signal = EventFd.Create();
        using FileDescriptor duplicate = signal.Descriptor.Duplicate();
        Assert.NotEqual(signal.Descriptor.Number, duplicate.Number);
        signal.Signal();
        signal.Dispose();

        using EventFd same = new(duplicate);
        Assert.Equal(1u, same.Drain());
    }

    [Fact]
    public void After_disposal_it_gives_no_number()
    {
        FileDescriptor descriptor = Memfd.Create("camfx-test", 1);
        descriptor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => descriptor.Number);
        Assert.Throws<ObjectDisposedException>(descriptor.Duplicate);
    }

    [Fact]
    public void A_number_that_is_not_open_is_reported()
    {
        using FileDescriptor wrong = new(1_000_000, owned: false);
        PosixException failure = Assert.Throws<PosixException>(wrong.Duplicate);
        Assert.Equal(Errno.EBADF, failure.Errno);
        Assert.True(new FileDescriptor(-1, owned: true).IsInvalid);
    }

    [Fact]
    public void No_descriptor_is_inherited_by_a_program_that_is_started()
    {
        using TemporaryFolder folder = new();
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using EventFd signal = EventFd.Create();
        using FileDescriptor memory = Memfd.Create("camfx-test", 1);
        using FileDescriptor duplicate = memory.Duplicate();
        using FileDescriptor listener = UnixSocket.Listen(folder.At("socket"), UnixSocketType.Stream);
        using FileDescriptor client = UnixSocket.Connect(folder.At("socket"), UnixSocketType.Stream);
        using FileDescriptor accepted = UnixSocket.Accept(listener);
        UnixSocket.Send(first, "x"u8, [memory]);
        using ReceivedMessage message = UnixSocket.Receive(second, new byte[1]);
        using FileDescriptor received = message.TakeDescriptor(0);

        FileDescriptor[] all = [first, second, signal.Descriptor, memory, duplicate, listener, client, accepted, received];
        foreach (FileDescriptor descriptor in all)
            Assert.Equal(FD_CLOEXEC, Libc.fcntl(descriptor, F_GETFD, 0));
        first.Dispose();
        second.Dispose();
    }
}
