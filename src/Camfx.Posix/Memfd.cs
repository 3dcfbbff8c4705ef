using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>Anonymous shared memory as a file descriptor (memfd_create(2)): it is passed to another process by its descriptor.</summary>
/// <remarks>Thread-safe.</remarks>
public static class Memfd
{
    /// <summary>Makes sealable memory of zeros, close-on-exec and never executable.</summary>
    /// <param name="name">Shown in /proc/PID/maps; at most 249 bytes; need not be unique.</param>
    /// <param name="size">Bytes, 0 or more. Memory is taken page by page as it is touched.</param>
    /// <exception cref="PosixException">EMFILE, ENFILE: no free descriptor. EINVAL: the name is too long.</exception>
    public static FileDescriptor Create(string name, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);

        // Kernels before 6.3 do not know NOEXEC_SEAL and say EINVAL; later ones can be set up to demand it (vm.memfd_noexec).
        const uint Flags = Libc.MFD_CLOEXEC | Libc.MFD_ALLOW_SEALING;
        int number = Libc.memfd_create(name, Flags | Libc.MFD_NOEXEC_SEAL);
        if (number < 0 && Marshal.GetLastPInvokeError() == Errno.EINVAL)
            number = Libc.memfd_create(name, Flags);
        if (number < 0)
            throw PosixException.FromLastError("create shared memory", name);

        FileDescriptor memory = new(number, owned: true);
        int result;
        do
        {
            result = Libc.ftruncate(memory, size);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (result < 0)
        {
            PosixException failure = PosixException.FromLastError($"give {size} bytes to shared memory", name);
            memory.Dispose();
            throw failure;
        }

        return memory;
    }

    /// <summary>Adds seals; they are never lifted.</summary>
    /// <exception cref="PosixException">
    /// EPERM: sealed against further seals. EBUSY: <see cref="Seals.Write"/> while writable mappings exist. EINVAL: not sealable memory.
    /// </exception>
    public static void AddSeals(FileDescriptor memory, Seals seals)
    {
        if (Libc.fcntl(memory, Libc.F_ADD_SEALS, (int)seals) < 0)
            throw PosixException.FromLastError($"seal shared memory ({seals})");
    }

    /// <summary>The seals of a memfd.</summary>
    /// <exception cref="PosixException">EINVAL: the descriptor is not sealable memory (an ordinary file, a pipe).</exception>
    public static Seals GetSeals(FileDescriptor memory)
    {
        int seals = Libc.fcntl(memory, Libc.F_GET_SEALS, 0);
        if (seals < 0)
            throw PosixException.FromLastError("read the seals of a file descriptor");
        return (Seals)seals;
    }
}
