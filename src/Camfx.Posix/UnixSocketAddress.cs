using System.Text;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>A path as the address of a unix socket (unix(7)); one that starts with '@' is the name of a socket in no folder.</summary>
internal static unsafe class UnixSocketAddress
{
    /// <summary>Fills in an address.</summary>
    /// <returns>Its length in bytes, as bind and connect want it.</returns>
    /// <exception cref="PosixException">ENAMETOOLONG: the path has more than 107 bytes.</exception>
    internal static uint Write(string path, out Libc.sockaddr_un address)
    {
        address = default;
        address.sun_family = Libc.AF_UNIX;
        int length = Encoding.UTF8.GetByteCount(path);

        // The last byte stays 0: without it other programs cannot read the name back.
        if (length >= Libc.sockaddr_un.PathSize)
            throw PosixException.FromErrno(Errno.ENAMETOOLONG, "make a socket address of", path);
        fixed (byte* target = address.sun_path)
            Encoding.UTF8.GetBytes(path, new Span<byte>(target, length));
        if (!path.StartsWith('@')) return (uint)(sizeof(ushort) + length + 1);

        // Abstract: a zero stands for the '@', and the length ends the name.
        address.sun_path[0] = 0;
        return (uint)(sizeof(ushort) + length);
    }
}
