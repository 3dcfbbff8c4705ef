using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>What the kernel knows about an open file (statx(2)), read once.</summary>
public readonly struct FileStatus
{
    /// <summary><see cref="FileSystemType"/> of tmpfs, where memfds live (linux/magic.h TMPFS_MAGIC).</summary>
    public const long TmpfsMagic = Libc.TMPFS_MAGIC;

    /// <summary><see cref="FileSystemType"/> of memory in huge pages, which can kill its reader with SIGBUS (HUGETLBFS_MAGIC).</summary>
    public const long HugetlbfsMagic = Libc.HUGETLBFS_MAGIC;

    private FileStatus(in Libc.statx_data data)
    {
        Size = (long)data.stx_size;
        Inode = data.stx_ino;
        Device = MakeDevice(data.stx_dev_major, data.stx_dev_minor);
        DeviceNumber = MakeDevice(data.stx_rdev_major, data.stx_rdev_minor);
        UserId = data.stx_uid;
        Mode = (UnixFileMode)(data.stx_mode & 0xfff);
        Kind = (data.stx_mode & Libc.S_IFMT) switch
        {
            Libc.S_IFREG => FileKind.Regular,
            Libc.S_IFDIR => FileKind.Directory,
            Libc.S_IFCHR => FileKind.CharacterDevice,
            Libc.S_IFBLK => FileKind.BlockDevice,
            Libc.S_IFIFO => FileKind.Fifo,
            Libc.S_IFSOCK => FileKind.Socket,
            Libc.S_IFLNK => FileKind.SymbolicLink,
            _ => FileKind.Other,
        };
    }

    /// <summary>Bytes in the file.</summary>
    public long Size { get; }

    /// <summary>The file's number on its device: with <see cref="Device"/> it tells whether two descriptors are the same file.</summary>
    public ulong Inode { get; }

    /// <summary>The device the file lies on, as <c>st_dev</c>.</summary>
    public ulong Device { get; }

    /// <summary>The device a device node stands for, as <c>st_rdev</c>; 0 for every other kind.</summary>
    public ulong DeviceNumber { get; }

    /// <summary>The owner's user id.</summary>
    public uint UserId { get; }

    /// <summary>Permission bits.</summary>
    public UnixFileMode Mode { get; }

    /// <summary>The kind of file.</summary>
    public FileKind Kind { get; }

    /// <summary>Reads the status of an open file.</summary>
    /// <exception cref="PosixException">The descriptor is not open (EBADF).</exception>
    public static unsafe FileStatus Of(FileDescriptor fd)
    {
        Libc.statx_data data;
        if (Libc.statx(fd, "", Libc.AT_EMPTY_PATH, Libc.STATX_BASIC_STATS, &data) < 0)
            throw PosixException.FromLastError("read the status of a file descriptor");
        return new FileStatus(in data);
    }

    /// <summary>Reads the status of what stands at a path, a symbolic link itself and not its target; null when nothing does.</summary>
    /// <exception cref="PosixException">A folder on the way cannot be searched.</exception>
    public static unsafe FileStatus? OfPath(string path)
    {
        Libc.statx_data data;
        if (Libc.statx(Libc.AT_FDCWD, path, Libc.AT_SYMLINK_NOFOLLOW, Libc.STATX_BASIC_STATS, &data) == 0)
            return new FileStatus(in data);
        int errno = Marshal.GetLastPInvokeError();
        return errno == Errno.ENOENT ? null : throw PosixException.FromErrno(errno, "read the status of", path);
    }

    /// <summary>
    /// The magic number of the file system an open file lies on (fstatfs(2)); compare it with <see cref="TmpfsMagic"/> before mapping
    /// a descriptor from a process that is not trusted.
    /// </summary>
    /// <exception cref="PosixException">The descriptor is not open (EBADF).</exception>
    public static unsafe long FileSystemType(FileDescriptor fd)
    {
        Libc.statfs data;
        int result;
        do
        {
            result = Libc.fstatfs(fd, &data);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (result < 0)
            throw PosixException.FromLastError("read the file system of a file descriptor");
        return data.f_type;
    }

    // The C library's dev_t: the low 12 bits of the major number at bit 8, the low 8 of the minor at 0, the rest above (makedev(3)).
    private static ulong MakeDevice(ulong major, ulong minor) =>
        ((major & 0xfff) << 8) | ((major & 0xfffff000) << 32) | (minor & 0xff) | ((minor & 0xffffff00) << 12);
}
