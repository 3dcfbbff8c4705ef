using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>One watch of inotify(7), and the draining of what it tells.</summary>
internal static unsafe class Inotify
{
    // Room for some events with the longest names; what does not fit is read next time round.
    private const int BufferSize = 4096;

    internal static FileDescriptor Watch(string path, uint mask, string operation)
    {
        int number = Libc.inotify_init1(Libc.IN_NONBLOCK | Libc.IN_CLOEXEC);
        if (number < 0)
            throw PosixException.FromLastError(operation, path);
        FileDescriptor descriptor = new(number, owned: true);
        if (Libc.inotify_add_watch(descriptor, path, mask) >= 0)
            return descriptor;
        PosixException failure = PosixException.FromLastError(operation, path);
        descriptor.Dispose();
        throw failure;
    }

    /// <summary>Reads all events; says whether there were any.</summary>
    internal static bool Drain(FileDescriptor descriptor, string operation)
    {
        byte* events = stackalloc byte[BufferSize];
        bool any = false;
        while (true)
        {
            if (Libc.read(descriptor, events, BufferSize) > 0)
            {
                any = true;
                continue;
            }

            int errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.EAGAIN)
                return any;
            if (errno != Errno.EINTR)
                throw PosixException.FromErrno(errno, operation);
        }
    }
}
