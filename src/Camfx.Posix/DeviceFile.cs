using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>Opening, reading and writing a device node. Errors of reading and writing are values: a driver's EAGAIN is no exception.</summary>
/// <remarks>Thread-safe as far as the driver is.</remarks>
public static unsafe class DeviceFile
{
    /// <summary>Opens a node, close-on-exec and non-blocking.</summary>
    /// <param name="path">The node's path.</param>
    /// <param name="access">Reading, or reading and writing.</param>
    /// <exception cref="PosixException">ENOENT, ENODEV, ENXIO: no such device. EACCES: not permitted. EBUSY: it admits no further opener.</exception>
    public static FileDescriptor Open(string path, MapAccess access)
    {
        int mode = access == MapAccess.ReadWrite ? Libc.O_RDWR : Libc.O_RDONLY;
        int number;
        do
        {
            number = Libc.open(path, mode | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
        }
        while (number < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (number < 0)
            throw PosixException.FromLastError("open", path);
        return new FileDescriptor(number, owned: true);
    }

    /// <summary>Reads once.</summary>
    /// <returns>Bytes read, or the negative errno value (EAGAIN: nothing there now).</returns>
    public static long Read(FileDescriptor fd, byte* buffer, long length)
    {
        while (true)
        {
            long result = Libc.read(fd, buffer, (nuint)length);
            if (result >= 0)
                return result;
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
                return -errno;
        }
    }

    /// <summary>Writes once.</summary>
    /// <returns>Bytes taken, or the negative errno value (EAGAIN: no room now).</returns>
    public static long Write(FileDescriptor fd, byte* buffer, long length)
    {
        while (true)
        {
            long result = Libc.write(fd, buffer, (nuint)length);
            if (result >= 0)
                return result;
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
                return -errno;
        }
    }
}
