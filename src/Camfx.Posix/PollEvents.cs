namespace Camfx.Posix;

/// <summary>What is asked about a descriptor, and what is answered (poll(2), asm-generic/poll.h).</summary>
[Flags]
public enum PollEvents : short
{
    /// <summary>Nothing; hang-up and error are answered even so.</summary>
    None = 0,

    /// <summary>There is something to read, or a connection to accept (POLLIN).</summary>
    Readable = 0x1,

    /// <summary>Something out of the ordinary is there, such as a V4L2 event (POLLPRI).</summary>
    Priority = 0x2,

    /// <summary>A write would not block (POLLOUT).</summary>
    Writable = 0x4,

    /// <summary>The descriptor is in error, or the reading end of a pipe is closed (POLLERR); only answered.</summary>
    Error = 0x8,

    /// <summary>The other end is gone (POLLHUP); only answered.</summary>
    HangUp = 0x10,

    /// <summary>The descriptor is not open (POLLNVAL); only answered.</summary>
    Invalid = 0x20,

    /// <summary>The other end of a stream will write no more (POLLRDHUP).</summary>
    PeerClosed = 0x2000,
}
