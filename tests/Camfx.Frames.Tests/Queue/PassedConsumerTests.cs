using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

public sealed class PassedConsumerTests
{
    [Fact]
    public void It_reads_the_frames_of_a_queue_that_was_passed_to_it()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddPassedConsumer(leases: 3);
        using FrameQueueConnection connection = Adopt(writer, consumer);
        ulong sequence = Queues.PublishOne(writer);

        Assert.Equal(3, connection.Reader.Share);
        Assert.Equal(QueueEvent.Frame, connection.Wait(0, Soon));
        Assert.True(connection.Reader.TryAcquire(out FrameLease lease));
        Assert.Equal(sequence, lease.Sequence);
        Assert.True(connection.Reader.Release(lease));
    }

    [Fact]
    public void Its_share_is_what_is_free()
    {
        using FrameQueueWriter writer = Queues.Writer(leaseLimit: 4);
        using LocalConsumer local = writer.AddConsumer(3);
        using RemoteConsumer consumer = writer.AddPassedConsumer(leases: 3);
        Assert.Equal(1, consumer.Share);
    }

    [Fact]
    public void Its_socket_wakes_a_thread_that_waits_for_other_things_too()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddPassedConsumer(leases: 1);
        using FrameQueueConnection connection = Adopt(writer, consumer);

        Assert.False(connection.BeginPoll(0));
        Assert.False(IsReadable(connection));
        ulong sequence = Queues.PublishOne(writer);
        Assert.True(IsReadable(connection));
        Assert.Equal(QueueEvent.Frame, connection.EndPoll(0));
        Assert.False(IsReadable(connection));

        // Nobody asked: no message.
        ulong second = Queues.PublishOne(writer);
        Assert.False(IsReadable(connection));
        Assert.True(connection.BeginPoll(sequence));
        Assert.Equal(QueueEvent.Frame, connection.EndPoll(sequence));
        Assert.Equal(QueueEvent.TimedOut, connection.EndPoll(second));
    }

    [Fact]
    public void It_hears_the_end_of_the_queue()
    {
        FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddPassedConsumer(leases: 1);
        using FrameQueueConnection connection = Adopt(writer, consumer);
        Assert.False(connection.BeginPoll(0));
        writer.Dispose();
        Assert.True(IsReadable(connection));
        Assert.Equal(QueueEvent.Ended, connection.EndPoll(0));
        Assert.Equal(QueueEvent.Ended, connection.Wait(0, Soon));
    }

    [Fact]
    public void A_queue_that_is_superseded_has_ended_for_it()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddPassedConsumer(leases: 1);
        using FrameQueueConnection connection = Adopt(writer, consumer);
        writer.Supersede();
        Assert.Equal(QueueEvent.Ended, connection.Wait(0, Soon));
    }

    [Fact]
    public void It_hears_its_producer_hang_up()
    {
        using FrameQueueWriter writer = Queues.Writer();
        RemoteConsumer consumer = writer.AddPassedConsumer(leases: 1);
        using FrameQueueConnection connection = Adopt(writer, consumer);
        Assert.False(connection.BeginPoll(0));
        consumer.Dispose();
        Assert.True(IsReadable(connection));
        Assert.Equal(QueueEvent.Ended, connection.EndPoll(0));
    }

    [Fact]
    public void Disposing_it_takes_its_leases_back()
    {
        using FrameQueueWriter writer = Queues.Writer(leaseLimit: 2);
        RemoteConsumer consumer = writer.AddPassedConsumer(leases: 2);
        using FrameQueueConnection connection = Adopt(writer, consumer);
        Queues.PublishOne(writer);
        Assert.True(connection.Reader.TryAcquire(out FrameLease lease));
        Assert.Equal(0, writer.FreeLeases);

        consumer.Dispose();
        Assert.Equal(2, writer.FreeLeases);
        for (int frame = 0; frame < 4; frame++) Queues.PublishOne(writer);
        Assert.False(connection.Reader.Release(lease));
    }

    [Fact]
    public void A_producer_may_not_pass_another_queue_through_its_socket()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddRemoteConsumer(leases: 1);
        (FileDescriptor own, FileDescriptor peer) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (own)
        using (peer)
        {
            using var connection = FrameQueueConnection.Adopt(writer.Memory, consumer.Control, peer, QueueLimits.Default);
            using FrameQueueWriter other = FrameQueueWriter.Create(Queues.Options(generation: 2));
            using var server = new ServerConnection(1, own.Duplicate(), processId: 1, helloDeadline: long.MaxValue);
            Assert.True(server.Welcome(other, leases: 1));
            Assert.Equal(QueueError.BadMessage, Assert.Throws<QueueException>(() => connection.EndPoll(0)).Error);
        }
    }

    [Fact]
    public void A_socket_that_is_none_is_refused()
    {
        using FrameQueueWriter writer = Queues.Writer();
        using RemoteConsumer consumer = writer.AddPassedConsumer(leases: 1);
        QueueException refusal = Assert.Throws<QueueException>(
            () => FrameQueueConnection.Adopt(writer.Memory, consumer.Control, writer.Memory, QueueLimits.Default));
        Assert.Equal(QueueError.BadMessage, refusal.Error);
    }

    private static long Soon => MonotonicClock.Now + 5_000_000_000;

    private static FrameQueueConnection Adopt(FrameQueueWriter writer, RemoteConsumer consumer)
    {
        var connection = FrameQueueConnection.Adopt(writer.Memory, consumer.Control, consumer.Peer!, QueueLimits.Default);
        consumer.ClosePeer();
        return connection;
    }

    private static bool IsReadable(FrameQueueConnection connection)
    {
        Span<PollDescriptor> descriptors = [new PollDescriptor(connection.Socket, PollEvents.Readable)];
        return Poll.Wait(descriptors, 0) > 0;
    }
}
