using Camfx.Posix;

namespace Camfx.Helper.Service;

/// <summary>The descriptors of a queue as they came over the bus.</summary>
/// <param name="Memory">The queue's memory.</param>
/// <param name="Control">The control page.</param>
/// <param name="Socket">The consumer's end of a pair of sockets, or null.</param>
/// <param name="DmaBufs">Of the first slots.</param>
internal sealed record PassedQueue(FileDescriptor Memory, FileDescriptor Control, FileDescriptor? Socket, FileDescriptor[] DmaBufs)
{
    /// <summary>Closes what the queue does not need once it is mapped.</summary>
    public void CloseHandles()
    {
        Memory.Dispose();
        Control.Dispose();
        Socket?.Dispose();
    }

    /// <summary>Closes everything.</summary>
    public void CloseAll()
    {
        CloseHandles();
        foreach (FileDescriptor dmaBuf in DmaBufs) dmaBuf.Dispose();
    }
}
