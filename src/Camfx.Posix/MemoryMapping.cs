using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>
/// A shared mapping of a file (mmap(2), MAP_SHARED). It does not need the descriptor afterwards.
/// The owner disposes it when nobody holds a pointer into it any more. There is no finalizer on purpose: pointers do not keep the
/// object alive, and a forgotten mapping is a leak while one taken away too early is a crash.
/// </summary>
/// <remarks>Thread-safe as far as the memory is; <see cref="Dispose"/> once, after the last use.</remarks>
public sealed unsafe class MemoryMapping : IDisposable
{
    private nint _address;

    private MemoryMapping(nint address, long length)
    {
        _address = address;
        Length = length;
    }

    /// <summary>Bytes in a page of memory: what offsets are multiples of.</summary>
    public static int PageSize => Environment.SystemPageSize;

    /// <summary>The first byte.</summary>
    /// <exception cref="ObjectDisposedException">The mapping is gone.</exception>
    public byte* Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address == 0, this);
            return (byte*)_address;
        }
    }

    /// <summary>Bytes mapped, as asked for.</summary>
    public long Length { get; }

    /// <summary>Maps a part of a file.</summary>
    /// <param name="fd">The file; it may be closed afterwards.</param>
    /// <param name="offset">Where the part begins; a multiple of <see cref="PageSize"/>.</param>
    /// <param name="length">Its bytes, more than 0. Touching a page beyond the file's end kills the process with SIGBUS.</param>
    /// <param name="access">Reading, or reading and writing.</param>
    /// <exception cref="PosixException">EPERM: sealed against writing. EACCES: opened without that right. ENODEV: no memory.</exception>
    public static MemoryMapping Map(FileDescriptor fd, long offset, long length, MapAccess access)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);

        int protection = access == MapAccess.ReadWrite ? Libc.PROT_READ | Libc.PROT_WRITE : Libc.PROT_READ;
        nint address = Libc.mmap(0, (nuint)length, protection, Libc.MAP_SHARED, fd, offset);
        if (address == Libc.MAP_FAILED)
        {
            string purpose = access == MapAccess.ReadWrite ? "writing" : "reading";
            throw PosixException.FromLastError($"map {length} bytes at {offset} of a file for {purpose}");
        }

        return new MemoryMapping(address, length);
    }

    /// <summary>
    /// Makes every page present for reading (madvise MADV_POPULATE_READ, Linux 5.14), so that a page that cannot be had is an
    /// exception here and not a SIGBUS in the middle of a frame.
    /// </summary>
    /// <exception cref="PosixException">EFAULT: a page would raise SIGBUS (beyond the end, no huge page). ENOMEM: no memory.</exception>
    public void Populate() => Populate(0, Length);

    /// <summary><see cref="Populate()"/> for a part, so that memory which is never read is never taken.</summary>
    /// <param name="offset">Where the part begins in the mapping; a multiple of <see cref="PageSize"/>.</param>
    /// <param name="length">Its bytes.</param>
    /// <inheritdoc cref="Populate()"/>
    public void Populate(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        int result;
        do
        {
            result = Libc.madvise((nint)Address + (nint)offset, (nuint)length, Libc.MADV_POPULATE_READ);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (result < 0)
            throw PosixException.FromLastError($"read {length} mapped bytes into memory");
    }

    /// <summary>Takes the mapping away. Every pointer into it is bad from here on.</summary>
    public void Dispose()
    {
        nint address = Interlocked.Exchange(ref _address, 0);
        if (address != 0)
            _ = Libc.munmap(address, (nuint)Length); // ignoring: it fails only for an address that is no mapping, and this one is.
    }
}
