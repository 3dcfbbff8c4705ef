using FsCheck;
using FsCheck.Fluent;

namespace Camfx.Posix.Tests;

public sealed class UnixSocketMessageTests : IDisposable
{
    private readonly FileDescriptor _first;
    private readonly FileDescriptor _second;
    private readonly byte[] _buffer = new byte[64];

    public UnixSocketMessageTests() => (_first, _second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

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

            using ReceivedMessage message = UnixSocket.Receive(second, _buffer);
            Assert.Equal("hello"u8, _buffer.AsSpan(0, message.Length));
            Assert.Equal(2, message.DescriptorCount);
            Assert.False(message.IsTruncated || message.AreDescriptorsTruncated || message.IsClosed || message.IsEmpty);
            using FileDescriptor receivedSmall = message.TakeDescriptor(0);
            using FileDescriptor receivedLarge = message.TakeDescriptor(1);
            Assert.Equal(FileStatus.Of(small).Inode, FileStatus.Of(receivedSmall).Inode);
            Assert.Equal(FileStatus.Of(large).Inode, FileStatus.Of(receivedLarge).Inode);
        }
    }

    [Fact]
    public void A_descriptor_nobody_takes_is_closed_with_the_message()
    {
        (FileDescriptor near, FileDescriptor far) = UnixSocket.Pair(UnixSocketType.Stream);
        using (near)
        {
            UnixSocket.Send(_first, "x"u8, [far]);
            far.Dispose();
            ReceivedMessage message = UnixSocket.Receive(_second, _buffer);
            Assert.False(IsHungUp(near));

            message.Dispose();
            Assert.True(IsHungUp(near));
        }
    }

    [Fact]
    public void A_descriptor_that_was_taken_outlives_the_message_and_is_not_given_twice()
    {
        (FileDescriptor near, FileDescriptor far) = UnixSocket.Pair(UnixSocketType.Stream);
        using (near)
        {
            UnixSocket.Send(_first, "x"u8, [far]);
            far.Dispose();
            ReceivedMessage message = UnixSocket.Receive(_second, _buffer);
            using (FileDescriptor taken = message.TakeDescriptor(0))
            {
                Assert.Throws<InvalidOperationException>(() => message.TakeDescriptor(0));
                Assert.Throws<ArgumentOutOfRangeException>(() => message.TakeDescriptor(1));
                message.Dispose();
                Assert.False(IsHungUp(near));
            }

            Assert.True(IsHungUp(near));
        }
    }

    [Fact]
    public void A_message_longer_than_the_buffer_is_flagged()
    {
        UnixSocket.Send(_first, "longer than four"u8);
        using ReceivedMessage message = UnixSocket.Receive(_second, _buffer.AsSpan(0, 4));
        Assert.True(message.IsTruncated);
        Assert.Equal("long"u8, _buffer.AsSpan(0, message.Length));
    }

    [Fact]
    public void Descriptors_beyond_the_number_asked_for_are_flagged_and_closed()
    {
        (FileDescriptor near, FileDescriptor far) = UnixSocket.Pair(UnixSocketType.Stream);
        using (near)
        using (FileDescriptor memory = Memfd.Create("camfx-test", 1))
        {
            UnixSocket.Send(_first, "x"u8, [memory, far]);
            far.Dispose();
            using ReceivedMessage message = UnixSocket.Receive(_second, _buffer, maximumDescriptors: 1);
            Assert.Equal(1, message.DescriptorCount);
            Assert.True(message.AreDescriptorsTruncated);
            Assert.True(IsHungUp(near));
        }
    }

    [Fact]
    public void Any_number_of_descriptors_arrives_up_to_the_number_asked_for()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", 1);
        Gen<(int, int)> counts = Gen.Choose(0, 40).Zip(Gen.Choose(0, 40), (sent, maximum) => (sent, maximum));
        Prop.ForAll(counts.ToArbitrary(), pair =>
        {
            (int sent, int maximum) = pair;
            UnixSocket.Send(_first, "x"u8, Enumerable.Repeat(memory, sent).ToArray());
            using ReceivedMessage message = UnixSocket.Receive(_second, _buffer, maximumDescriptors: maximum);
            return message.DescriptorCount == Math.Min(sent, maximum) && message.AreDescriptorsTruncated == sent > maximum;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_kernels_limit_of_descriptors_can_be_sent_and_no_more()
    {
        using FileDescriptor memory = Memfd.Create("camfx-test", 1);
        FileDescriptor[] many = [.. Enumerable.Repeat(memory, UnixSocket.MaximumDescriptors + 1)];
        Assert.Throws<ArgumentOutOfRangeException>(() => UnixSocket.Send(_first, "x"u8, many));

        UnixSocket.Send(_first, "x"u8, many.AsSpan(1));
        using ReceivedMessage message = UnixSocket.Receive(_second, _buffer, maximumDescriptors: UnixSocket.MaximumDescriptors);
        Assert.Equal(UnixSocket.MaximumDescriptors, message.DescriptorCount);
    }

    [Fact]
    public void Packets_keep_their_borders()
    {
        Gen<int[]> lengths = Gen.Choose(1, 64).ArrayOf(8);
        Prop.ForAll(lengths.ToArbitrary(), sizes =>
        {
            byte[] data = new byte[64];
            foreach (int size in sizes)
                UnixSocket.Send(_first, data.AsSpan(0, size));
            return sizes.All(size =>
            {
                using ReceivedMessage message = UnixSocket.Receive(_second, _buffer);
                return message.Length == size;
            });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Without_waiting_a_full_socket_takes_nothing_and_an_empty_one_gives_nothing()
    {
        using (ReceivedMessage nothing = UnixSocket.Receive(_second, _buffer, wait: false))
            Assert.True(nothing.IsEmpty);

        int sent = 0;
        while (UnixSocket.Send(_first, _buffer, wait: false))
            sent++;
        Assert.True(sent > 0);
        for (int i = 0; i < sent; i++)
        {
            using ReceivedMessage message = UnixSocket.Receive(_second, _buffer, wait: false);
            Assert.Equal(_buffer.Length, message.Length);
        }

        using ReceivedMessage end = UnixSocket.Receive(_second, _buffer, wait: false);
        Assert.True(end.IsEmpty);
    }

    [Fact]
    public void Sending_to_a_peer_that_is_gone_is_an_error_and_no_signal()
    {
        _second.Dispose();
        Assert.Equal(Errno.EPIPE, Assert.Throws<PosixException>(() => UnixSocket.Send(_first, "x"u8)).Errno);
    }

    [Fact]
    public void A_peer_that_left_without_reading_reads_as_closed()
    {
        UnixSocket.Send(_second, "never read"u8);
        _first.Dispose();
        using ReceivedMessage message = UnixSocket.Receive(_second, _buffer);
        Assert.True(message.IsClosed);
    }

    [Fact]
    public void A_message_of_no_bytes_is_refused() =>
        Assert.Throws<ArgumentException>(() => UnixSocket.Send(_first, default));

    [Fact]
    public void A_closed_descriptor_among_those_to_send_stops_the_message()
    {
        FileDescriptor open = Memfd.Create("camfx-test", 1);
        FileDescriptor closed = Memfd.Create("camfx-test", 1);
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => UnixSocket.Send(_first, "x"u8, [open, closed]));

        using ReceivedMessage nothing = UnixSocket.Receive(_second, _buffer, wait: false);
        Assert.True(nothing.IsEmpty);
        open.Dispose();
        Assert.True(open.IsClosed);
    }

    private static bool IsHungUp(FileDescriptor descriptor)
    {
        Span<PollDescriptor> descriptors = [new PollDescriptor(descriptor, PollEvents.Readable)];
        Poll.Wait(descriptors, 0);
        return (descriptors[0].Returned & PollEvents.HangUp) != 0;
    }
}
