using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

internal static unsafe partial class Libc
{
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int F_ADD_SEALS = 1033;
    internal const int F_GET_SEALS = 1034;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fcntl(FileDescriptor fd, int command, int argument);
}
