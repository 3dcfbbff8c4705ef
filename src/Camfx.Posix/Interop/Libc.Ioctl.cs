using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

internal static unsafe partial class Libc
{
    // Variadic in C; with one pointer-sized argument the register convention of x86-64 and arm64 Linux is that of a fixed signature.
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(FileDescriptor fd, nuint request, void* argument);
}
