using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>Requests to a device driver (ioctl(2)).</summary>
/// <remarks>Thread-safe as far as the driver is.</remarks>
public static unsafe class Ioctl
{
    /// <summary>Sends one request; repeats it when a signal interrupts it. Never throws for what the driver says.</summary>
    /// <param name="fd">The device, open.</param>
    /// <param name="request">The request's number, e.g. <c>VIDIOC_QUERYCAP</c>.</param>
    /// <param name="argument">What the request points to, or, for a request that takes a number, that number.</param>
    /// <returns>What the driver returned, 0 or more; or the negative errno value.</returns>
    /// <exception cref="ObjectDisposedException"><paramref name="fd"/> is closed.</exception>
    public static int Call(FileDescriptor fd, uint request, void* argument)
    {
        while (true)
        {
            int result = Libc.ioctl(fd, request, argument);
            if (result >= 0)
                return result;
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
                return -errno;
        }
    }
}
