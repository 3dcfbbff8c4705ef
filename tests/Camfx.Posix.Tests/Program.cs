namespace Camfx.Posix.Tests;

/// <summary>The other process of <see cref="ProcessTests"/>: a consumer that is handed memory and follows a word in it.</summary>
internal static unsafe class Program
{
    private static void Main(string[] arguments)
    {
        using FileDescriptor socket = UnixSocket.Connect(arguments[0], UnixSocketType.SequencedPacket);
        using ReceivedMessage message = UnixSocket.Receive(socket, new byte[16]);
        using FileDescriptor memory = message.TakeDescriptor(0);
        using MemoryMapping mapping = MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.Read);
        UnixSocket.Send(socket, [(byte)TryToMapForWriting(memory)]);

        uint* word = (uint*)mapping.Address;
        uint seen = 0;
        while (true)
        {
            while (Volatile.Read(ref *word) == seen)
                Futex.Wait(word, seen, Futex.NoDeadline);
            seen = Volatile.Read(ref *word);
            UnixSocket.Send(socket, [(byte)seen]);
        }
    }

    private static int TryToMapForWriting(FileDescriptor memory)
    {
        try
        {
            MemoryMapping.Map(memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite).Dispose();
            return 0;
        }
        catch (PosixException refusal)
        {
            return refusal.Errno;
        }
    }
}
