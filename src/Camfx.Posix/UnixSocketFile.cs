using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>
/// Gives a listening socket its place in the file system. The socket is bound under a name of its own, listens, and is then renamed
/// to the path: whoever finds the path can connect, at every moment. Two processes that want one path take turns by a lock on the
/// folder, so the check for a living listener and the rename are one step.
/// </summary>
internal static unsafe class UnixSocketFile
{
    private const uint OnlyThisUser = 0x1c0; // 0700

    internal static FileDescriptor Listen(string path, UnixSocketType type, int backlog)
    {
        // The path itself is never bound, but clients must be able to name it.
        _ = UnixSocketAddress.Write(path, out _);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        MakeFolder(folder);
        using FileDescriptor turn = LockFolder(folder);
        ThrowIfTaken(path, type);

        string temporary = Path.Combine(folder, $".{Random.Shared.Next():x8}");
        FileDescriptor socket = UnixSocket.Create(type);
        try
        {
            Bind(socket, temporary);
            if (Libc.listen(socket, backlog) < 0)
                throw PosixException.FromLastError("listen at", path);
            if (Libc.rename(temporary, path) < 0)
                throw PosixException.FromLastError("listen at", path);
            return socket;
        }
        catch
        {
            socket.Dispose();
            _ = Libc.unlink(temporary); // ignoring: the failure that brought us here is the one to tell.
            throw;
        }
    }

    // Linux makes the socket's file with the mode of the unbound socket, so the file never has a wider one. A umask could do it
    // too, but it belongs to the whole process.
    private static void Bind(FileDescriptor socket, string path)
    {
        uint length = UnixSocketAddress.Write(path, out Libc.sockaddr_un address);
        if (Libc.fchmod(socket, OnlyThisUser) < 0 || Libc.bind(socket, &address, length) < 0)
            throw PosixException.FromLastError("bind a socket to", path);
    }

    private static void ThrowIfTaken(string path, UnixSocketType type)
    {
        if (FileStatus.OfPath(path) is not { } status)
            return;
        if (status.Kind != FileKind.Socket)
            throw PosixException.FromErrno(Errno.EEXIST, "listen at", path);

        // Without waiting: a living listener with a full backlog says EAGAIN. Only "refused" means that nobody has it open.
        uint length = UnixSocketAddress.Write(path, out Libc.sockaddr_un address);
        using FileDescriptor probe = UnixSocket.Create(type, Libc.SOCK_NONBLOCK);
        if (Libc.connect(probe, &address, length) == 0 || Marshal.GetLastPInvokeError() != Errno.ECONNREFUSED)
            throw PosixException.FromErrno(Errno.EADDRINUSE, "listen at", path);
    }

    private static FileDescriptor LockFolder(string folder)
    {
        int number = Libc.open(folder, Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        if (number < 0)
            throw PosixException.FromLastError("open", folder);

        FileDescriptor descriptor = new(number, owned: true);
        int result;
        do
        {
            result = Libc.flock(descriptor, Libc.LOCK_EX);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (result == 0)
            return descriptor;
        PosixException failure = PosixException.FromLastError("lock", folder);
        descriptor.Dispose();
        throw failure;
    }

    private static void MakeFolder(string folder)
    {
        if (Libc.mkdir(folder, OnlyThisUser) == 0)
            return;
        int errno = Marshal.GetLastPInvokeError();
        if (errno == Errno.ENOENT && Path.GetDirectoryName(folder) is { } parent)
        {
            MakeFolder(parent);
            if (Libc.mkdir(folder, OnlyThisUser) == 0)
                return;
            errno = Marshal.GetLastPInvokeError();
        }

        // An existing folder may also say EROFS or EACCES before EEXIST.
        if (errno != Errno.EEXIST && !Directory.Exists(folder))
            throw PosixException.FromErrno(errno, "make the folder", folder);
    }
}
