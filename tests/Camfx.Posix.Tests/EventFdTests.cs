namespace Camfx.Posix.Tests;

public sealed class EventFdTests
{
    [Fact]
    public void It_is_readable_from_signal_to_drain()
    {
        using EventFd signal = EventFd.Create();
        Assert.Equal(PollEvents.None, Look(signal));

        signal.Signal();
        signal.Signal();
        Assert.Equal(PollEvents.Readable, Look(signal));

        Assert.Equal(2u, signal.Drain());
        Assert.Equal(PollEvents.None, Look(signal));
        Assert.Equal(0u, signal.Drain());
    }

    [Fact]
    public void What_is_no_eventfd_is_reported()
    {
        using EventFd wrong = new(Memfd.Create("camfx-test", 0));
        Memfd.AddSeals(wrong.Descriptor, Seals.Write);
        Assert.Equal(Errno.EPERM, Assert.Throws<PosixException>(wrong.Signal).Errno);
    }

    private static PollEvents Look(EventFd signal)
    {
        Span<PollDescriptor> descriptors = [new PollDescriptor(signal.Descriptor, PollEvents.Readable)];
        int ready = Poll.Wait(descriptors, 0);
        Assert.Equal(descriptors[0].Returned == PollEvents.None ? 0 : 1, ready);
        return descriptors[0].Returned;
    }
}
