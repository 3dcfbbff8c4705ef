namespace Camfx.Posix.Tests;

public sealed class PollTests
{
    [Fact]
    public void It_answers_for_each_descriptor()
    {
        using EventFd silent = EventFd.Create();
        using EventFd signalled = EventFd.Create();
        signalled.Signal();
        PollDescriptor[] descriptors =
        [
            new(silent.Descriptor, PollEvents.Readable),
            new(signalled.Descriptor, PollEvents.Readable | PollEvents.Writable),
            new PollDescriptor { Number = -1, Events = PollEvents.Readable },
            new PollDescriptor { Number = 1_000_000, Events = PollEvents.Readable },
        ];

        Assert.Equal(2, Poll.Wait(descriptors, Poll.NoTimeout));
        Assert.Equal(
            [PollEvents.None, PollEvents.Readable | PollEvents.Writable, PollEvents.None, PollEvents.Invalid],
            descriptors.Select(descriptor => descriptor.Returned));
    }

    [Fact]
    public void A_peer_that_is_gone_hangs_up()
    {
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (first)
        {
            second.Dispose();
            PollDescriptor[] descriptors = [new(first, PollEvents.PeerClosed)];
            Assert.Equal(1, Poll.Wait(descriptors, Poll.NoTimeout));
            Assert.Equal(PollEvents.HangUp | PollEvents.PeerClosed, descriptors[0].Returned);
        }
    }

    [Fact]
    public void A_timeout_is_not_cut_short()
    {
        long begin = MonotonicClock.Now;
        Assert.Equal(0, Poll.Wait([], 15_000_000));
        Assert.True(MonotonicClock.Now - begin >= 15_000_000);
    }
}
