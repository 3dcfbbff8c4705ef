using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>
/// Unix sockets (unix(7)): local connections that carry file descriptors and know who is at the other end. Every descriptor
/// made or received here is close-on-exec; no write raises SIGPIPE.
/// </summary>
/// <remarks>Thread-safe. Sockets block unless a call says that it does not wait.</remarks>
public static unsafe partial class UnixSocket
{
    /// <summary>
    /// Listens at a path. The folder is made if it is missing (mode 0700). The socket has mode 0700 from its first moment: only
    /// this user can connect. A socket that a dead process left behind is replaced; a living one is not, nor is any other file.
    /// </summary>
    /// <param name="path">At most 107 bytes. Remove it when done; closing the socket does not.</param>
    /// <param name="type">What the clients must use too.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <exception cref="PosixException">EADDRINUSE: somebody listens there. EEXIST: a file that is no socket is there.</exception>
    public static FileDescriptor Listen(string path, UnixSocketType type, int backlog = 16) =>
        UnixSocketFile.Listen(path, type, backlog);

    /// <summary>Takes the next connection, waiting for one if need be.</summary>
    /// <exception cref="PosixException">EMFILE, ENFILE: no free descriptor. EINVAL: the socket does not listen.</exception>
    public static FileDescriptor Accept(FileDescriptor listener)
    {
        while (true)
        {
            int number = Libc.accept4(listener, null, null, Libc.SOCK_CLOEXEC);
            if (number >= 0)
                return new FileDescriptor(number, owned: true);
            int errno = Marshal.GetLastPInvokeError();
            if (errno is not (Errno.EINTR or Errno.ECONNABORTED))
                throw PosixException.FromErrno(errno, "accept a connection");
        }
    }

    /// <summary>Connects to a listening socket.</summary>
    /// <param name="path">Where it listens.</param>
    /// <param name="type">What the listener is.</param>
    /// <param name="wait">Whether to wait for room in its backlog; if not, no later call on the socket waits either.</param>
    /// <exception cref="PosixException">
    /// ENOENT: nothing is there. ECONNREFUSED: nobody listens. EACCES: not permitted. EPROTOTYPE: it is of the other type. EAGAIN: there is no
    /// room, and the call was told not to wait.
    /// </exception>
    public static FileDescriptor Connect(string path, UnixSocketType type, bool wait = true)
    {
        uint length = UnixSocketAddress.Write(path, out Libc.sockaddr_un address);
        FileDescriptor socket = Create(type, wait ? 0 : Libc.SOCK_NONBLOCK);
        int result;
        do
        {
            // A unix socket is either connected or not; one that a signal interrupted may simply try again.
            result = Libc.connect(socket, &address, length);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (result == 0)
            return socket;
        PosixException failure = PosixException.FromLastError("connect to", path);
        socket.Dispose();
        throw failure;
    }

    /// <summary>Two sockets connected to each other.</summary>
    /// <exception cref="PosixException">No free descriptor (EMFILE, ENFILE).</exception>
    public static (FileDescriptor First, FileDescriptor Second) Pair(UnixSocketType type)
    {
        int* pair = stackalloc int[2];
        if (Libc.socketpair(Libc.AF_UNIX, (int)type | Libc.SOCK_CLOEXEC, 0, pair) < 0)
            throw PosixException.FromLastError("create a pair of sockets");
        return (new FileDescriptor(pair[0], owned: true), new FileDescriptor(pair[1], owned: true));
    }

    /// <summary>Who is at the other end.</summary>
    /// <exception cref="PosixException">The descriptor is no socket (ENOTSOCK).</exception>
    public static PeerCredentials Credentials(FileDescriptor socket)
    {
        Libc.ucred credentials;
        uint length = (uint)sizeof(Libc.ucred);
        if (Libc.getsockopt(socket, Libc.SOL_SOCKET, Libc.SO_PEERCRED, &credentials, &length) < 0)
            throw PosixException.FromLastError("ask who is at the other end of a socket");
        return new PeerCredentials(credentials.pid, credentials.uid, credentials.gid);
    }

    internal static FileDescriptor Create(UnixSocketType type, int flags = 0)
    {
        int number = Libc.socket(Libc.AF_UNIX, (int)type | Libc.SOCK_CLOEXEC | flags, 0);
        if (number < 0)
            throw PosixException.FromLastError("create a socket");
        return new FileDescriptor(number, owned: true);
    }
}
