using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

internal static unsafe partial class Libc
{
    internal const long TMPFS_MAGIC = 0x01021994;
    internal const long HUGETLBFS_MAGIC = 0x958458f6;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fstatfs(FileDescriptor fd, statfs* result);

    [StructLayout(LayoutKind.Sequential)]
    internal struct statfs
    {
        internal long f_type;
        internal long f_bsize;
        internal ulong f_blocks;
        internal ulong f_bfree;
        internal ulong f_bavail;
        internal ulong f_files;
        internal ulong f_ffree;
        internal ulong f_fsid;
        internal long f_namelen;
        internal long f_frsize;
        internal long f_flags;
        internal fixed long f_spare[4];
    }
}
