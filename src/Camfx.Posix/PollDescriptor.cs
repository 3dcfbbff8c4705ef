using System.Runtime.InteropServices;

namespace Camfx.Posix;

/// <summary>One descriptor to wait for: <c>struct pollfd</c> of poll.h.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PollDescriptor
{
    /// <summary>The descriptor's number; a negative one is passed over.</summary>
    public int Number;

    /// <summary>What is asked.</summary>
    public PollEvents Events;

    /// <summary>What was answered by the last <see cref="Poll.Wait"/>.</summary>
    public PollEvents Returned;

    /// <summary>Asks about a descriptor. It holds the number only: the caller keeps <paramref name="fd"/> open during the wait.</summary>
    public PollDescriptor(FileDescriptor fd, PollEvents events)
    {
        Number = fd.Number;
        Events = events;
    }
}
