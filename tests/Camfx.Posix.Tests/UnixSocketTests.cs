namespace Camfx.Posix.Tests;

public sealed class UnixSocketTests
{
    [Theory]
    [InlineData(UnixSocketType.Stream)]
    [InlineData(UnixSocketType.SequencedPacket)]
    public void Bytes_and_descriptors_arrive_in_order(UnixSocketType type)
    {
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(type);
        using (first)
        using (second)
        using (FileDescriptor small = Memfd.Create("small", 1))
        using (FileDescriptor large = Memfd.Create("large", 2))
        {
            Assert.True(UnixSocket.Send(first, "hello"u8, [small, large]));

            byte[] buffer = new byte[16];
            using ReceivedMessage message = UnixSocket.Receive(second, buffer);
            Assert.Equal("hello"u8, buffer.AsSpan(0, message.Length));
            Assert.Equal(2, message.DescriptorCount);
            using FileDescriptor receivedSmall = message.TakeDescriptor(0);
            using FileDescriptor receivedLarge = message.TakeDescriptor(1);
            Assert.Equal(FileStatus.Of(small).Inode, FileStatus.Of(receivedSmall).Inode);
            Assert.Equal(FileStatus.Of(large).Inode, FileStatus.Of(receivedLarge).Inode);
        }
    }
}
