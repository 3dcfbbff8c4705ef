namespace Camfx.Posix.Tests;

/// <summary>What runs for every frame allocates nothing.</summary>
public sealed unsafe class AllocationTests
{
    [Fact]
    public void Waking_waiting_polling_and_signalling_allocate_nothing()
    {
        using SharedWord word = new();
        using EventFd signal = EventFd.Create();
        Use(word, signal, 100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Use(word, signal, 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Use(SharedWord word, EventFd signal, int times)
    {
        Span<PollDescriptor> descriptors = stackalloc PollDescriptor[1];
        for (int i = 0; i < times; i++)
        {
            Futex.Wake(word.Address);
            Futex.Wait(word.Address, 1, MonotonicClock.Now);
            Futex.Wait(word.Address, 0, 0);
            signal.Signal();
            descriptors[0] = new PollDescriptor(signal.Descriptor, PollEvents.Readable);
            Poll.Wait(descriptors, 0);
            signal.Drain();
        }
    }
}
