using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>A counter one can poll (eventfd(2)): it is readable from <see cref="Signal"/> until <see cref="Drain"/>.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed unsafe class EventFd : IDisposable
{
    /// <summary>Takes over an eventfd that came from elsewhere, e.g. from another process. It should be non-blocking.</summary>
    public EventFd(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>What to poll, or to pass to another process.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Makes one that is not signalled, non-blocking and close-on-exec.</summary>
    /// <exception cref="PosixException">No free descriptor (EMFILE, ENFILE).</exception>
    public static EventFd Create()
    {
        int number = Libc.eventfd(0, Libc.EFD_NONBLOCK | Libc.EFD_CLOEXEC);
        if (number < 0)
            throw PosixException.FromLastError("create an eventfd");
        return new EventFd(new FileDescriptor(number, owned: true));
    }

    /// <summary>Makes it readable. Never blocks.</summary>
    /// <exception cref="PosixException">The descriptor is no eventfd.</exception>
    public void Signal()
    {
        ulong one = 1;
        while (Libc.write(Descriptor, &one, sizeof(ulong)) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.EAGAIN)
                return; // The counter is at its end, so it is readable, which is all a signal is for.
            if (errno != Errno.EINTR)
                throw PosixException.FromErrno(errno, "signal an eventfd");
        }
    }

    /// <summary>Makes it unreadable again.</summary>
    /// <returns>How often it was signalled since the last time; 0 when it was not.</returns>
    /// <exception cref="PosixException">The descriptor is no eventfd.</exception>
    public ulong Drain()
    {
        ulong count;
        while (Libc.read(Descriptor, &count, sizeof(ulong)) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.EAGAIN)
                return 0;
            if (errno != Errno.EINTR)
                throw PosixException.FromErrno(errno, "read an eventfd");
        }

        return count;
    }

    /// <summary>Closes the descriptor.</summary>
    public void Dispose() => Descriptor.Dispose();
}
