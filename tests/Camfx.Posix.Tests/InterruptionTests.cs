using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix.Tests;

/// <summary>A signal ends a blocking system call early (EINTR). No wrapper lets that out, nor waits longer because of it.</summary>
public sealed unsafe class InterruptionTests
{
    private const int Times = 5;

    [Fact]
    public void The_signal_of_these_tests_does_interrupt_bare_calls()
    {
        int errno = 0;
        BlockedCall call = new(() =>
        {
            _ = Libc.ppoll(null, 0, null, null);
            errno = Marshal.GetLastPInvokeError();
        });

        // Up to so many: the thread may also sleep on a lock of the runtime's on its way to the call, and a signal is spent there.
        call.Interrupt(100);
        call.Join();
        Assert.Equal(Errno.EINTR, errno);
    }

    [Fact]
    public void Poll_goes_on_waiting()
    {
        using EventFd signal = EventFd.Create();
        int ready = -1;
        BlockedCall call = new(() =>
        {
            PollDescriptor[] descriptors = [new(signal.Descriptor, PollEvents.Readable)];
            ready = Poll.Wait(descriptors, Poll.NoTimeout);
        });

        call.Interrupt(Times);
        Assert.False(call.HasEnded);
        signal.Signal();
        call.Join();
        Assert.Equal(1, ready);
    }

    [Fact]
    public void Poll_counts_the_time_before_a_signal()
    {
        int ready = -1;
        long begin = MonotonicClock.Now;
        long end = 0;
        BlockedCall call = new(() =>
        {
            ready = Poll.Wait([], 200_000_000);
            end = MonotonicClock.Now;
        });

        call.Interrupt(Times);
        call.Join();
        Assert.Equal(0, ready);
        Assert.True(end - begin >= 200_000_000, $"It returned after {end - begin} ns.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Futex_goes_on_waiting(bool withDeadline)
    {
        using SharedWord word = new();
        uint* address = word.Address;
        long deadline = withDeadline ? MonotonicClock.Now + 60_000_000_000 : Futex.NoDeadline;
        FutexResult result = default;
        BlockedCall call = new(() => result = Futex.Wait(address, 0, deadline));

        call.Interrupt(Times);
        Assert.False(call.HasEnded);
        Volatile.Write(ref *address, 1);
        Futex.Wake(address);
        call.Join();
        Assert.NotEqual(FutexResult.TimedOut, result);
    }

    [Fact]
    public void Receive_goes_on_waiting()
    {
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (first)
        using (second)
        {
            int length = -1;
            BlockedCall call = new(() =>
            {
                using ReceivedMessage message = UnixSocket.Receive(second, new byte[8]);
                length = message.Length;
            });

            call.Interrupt(Times);
            Assert.False(call.HasEnded);
            UnixSocket.Send(first, "abc"u8);
            call.Join();
            Assert.Equal(3, length);
        }
    }

    [Fact]
    public void Send_goes_on_waiting_for_room()
    {
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (first)
        using (second)
        {
            byte[] block = new byte[4096];
            int sent = 0;
            while (UnixSocket.Send(first, block, wait: false))
                sent++;
            BlockedCall call = new(() => UnixSocket.Send(first, block));

            call.Interrupt(Times);
            Assert.False(call.HasEnded);
            for (int i = 0; i < sent + 1; i++)
                UnixSocket.Receive(second, block).Dispose();
            call.Join();
        }
    }

    [Fact]
    public void A_stream_message_interrupted_half_way_arrives_whole()
    {
        (FileDescriptor first, FileDescriptor second) = UnixSocket.Pair(UnixSocketType.Stream);
        using (first)
        using (second)
        {
            byte[] data = new byte[3_000_000];
            new Random(7).NextBytes(data);
            BlockedCall call = new(() => UnixSocket.Send(first, data));

            call.Interrupt(Times);
            Assert.False(call.HasEnded);
            byte[] received = new byte[data.Length];
            for (int at = 0; at < received.Length;)
            {
                using ReceivedMessage message = UnixSocket.Receive(second, received.AsSpan(at));
                Assert.False(message.IsClosed);
                at += message.Length;
            }

            call.Join();
            Assert.True(data.AsSpan().SequenceEqual(received));
        }
    }

    [Fact]
    public void Accept_and_connect_go_on_waiting()
    {
        using TemporaryFolder folder = new();
        string path = folder.At("socket");
        using FileDescriptor listener = UnixSocket.Listen(path, UnixSocketType.SequencedPacket, backlog: 1);
        BlockedCall accept = new(() => UnixSocket.Accept(listener).Dispose());

        accept.Interrupt(Times);
        Assert.False(accept.HasEnded);
        UnixSocket.Connect(path, UnixSocketType.SequencedPacket).Dispose();
        accept.Join();

        // A backlog of 1 takes two connections; the third waits for an accept.
        using FileDescriptor one = UnixSocket.Connect(path, UnixSocketType.SequencedPacket);
        using FileDescriptor two = UnixSocket.Connect(path, UnixSocketType.SequencedPacket);
        BlockedCall connect = new(() => UnixSocket.Connect(path, UnixSocketType.SequencedPacket).Dispose());
        connect.Interrupt(Times);
        Assert.False(connect.HasEnded);
        UnixSocket.Accept(listener).Dispose();
        connect.Join();
    }
}
