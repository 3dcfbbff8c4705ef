using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>How a unix socket carries data (socket(2)).</summary>
public enum UnixSocketType
{
    /// <summary>Bytes in order, with no borders between messages (SOCK_STREAM).</summary>
    Stream = Libc.SOCK_STREAM,

    /// <summary>Whole messages in order (SOCK_SEQPACKET).</summary>
    SequencedPacket = Libc.SOCK_SEQPACKET,

    /// <summary>Single messages without a connection (SOCK_DGRAM), as the service manager takes them.</summary>
    Datagram = Libc.SOCK_DGRAM,
}
