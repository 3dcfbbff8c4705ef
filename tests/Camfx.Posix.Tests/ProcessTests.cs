using System.Diagnostics;

namespace Camfx.Posix.Tests;

/// <summary>What the frame queue is made of, between two processes.</summary>
public sealed unsafe class ProcessTests
{
    private const long Patience = 30_000_000_000;

    [Fact]
    public void Another_process_reads_sealed_memory_is_woken_by_it_and_hangs_up_when_killed()
    {
        using TemporaryFolder folder = new();
        using FileDescriptor memory = Memfd.Create("camfx-test", MemoryMapping.PageSize);
        using MemoryMapping mapping = MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        Memfd.AddSeals(memory, Seals.Shrink | Seals.Grow | Seals.FutureWrite | Seals.Seal);
        using FileDescriptor listener = UnixSocket.Listen(folder.At("socket"), UnixSocketType.SequencedPacket);
        using Process child = Process.Start("dotnet", ["exec", typeof(ProcessTests).Assembly.Location, folder.At("socket")]);
        try
        {
            WaitFor(listener);
            using FileDescriptor socket = UnixSocket.Accept(listener);
            Assert.Equal(child.Id, UnixSocket.Credentials(socket).ProcessId);
            UnixSocket.Send(socket, "memory"u8, [memory]);
            Assert.Equal(Errno.EPERM, ReadByte(socket));

            uint* word = (uint*)mapping.Address;
            for (uint round = 1; round <= 100; round++)
            {
                Volatile.Write(ref *word, round);
                Futex.Wake(word);
                Assert.Equal((int)round, ReadByte(socket));
            }

            child.Kill();
            WaitFor(socket);
            using ReceivedMessage end = UnixSocket.Receive(socket, new byte[1], wait: false);
            Assert.True(end.IsClosed);
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }

    private static int ReadByte(FileDescriptor socket)
    {
        WaitFor(socket);
        byte[] buffer = new byte[1];
        using ReceivedMessage message = UnixSocket.Receive(socket, buffer, wait: false);
        Assert.Equal(1, message.Length);
        return buffer[0];
    }

    private static void WaitFor(FileDescriptor descriptor) =>
        Assert.Equal(1, Poll.Wait([new PollDescriptor(descriptor, PollEvents.Readable)], Patience));
}
