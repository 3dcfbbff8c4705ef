using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

// statx and not fstat: its struct is the same on every architecture.
internal static unsafe partial class Libc
{
    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int AT_EMPTY_PATH = 0x1000;
    internal const uint STATX_BASIC_STATS = 0x7ff;

    internal const uint S_IFMT = 0xf000;
    internal const uint S_IFIFO = 0x1000;
    internal const uint S_IFCHR = 0x2000;
    internal const uint S_IFDIR = 0x4000;
    internal const uint S_IFBLK = 0x6000;
    internal const uint S_IFREG = 0x8000;
    internal const uint S_IFLNK = 0xa000;
    internal const uint S_IFSOCK = 0xc000;

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statx(FileDescriptor folder, string path, int flags, uint mask, statx_data* result);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statx(int folder, string path, int flags, uint mask, statx_data* result);

    [StructLayout(LayoutKind.Sequential)]
    internal struct statx_timestamp
    {
        internal long tv_sec;
        internal uint tv_nsec;
        private readonly int _reserved;
    }

    /// <summary><c>struct statx</c>; C# cannot have a type and a function of one name side by side.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    internal struct statx_data
    {
        internal uint stx_mask;
        internal uint stx_blksize;
        internal ulong stx_attributes;
        internal uint stx_nlink;
        internal uint stx_uid;
        internal uint stx_gid;
        internal ushort stx_mode;
        private readonly ushort _spare0;
        internal ulong stx_ino;
        internal ulong stx_size;
        internal ulong stx_blocks;
        internal ulong stx_attributes_mask;
        internal statx_timestamp stx_atime;
        internal statx_timestamp stx_btime;
        internal statx_timestamp stx_ctime;
        internal statx_timestamp stx_mtime;
        internal uint stx_rdev_major;
        internal uint stx_rdev_minor;
        internal uint stx_dev_major;
        internal uint stx_dev_minor;
    }
}
