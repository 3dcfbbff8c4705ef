using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

internal static unsafe partial class Libc
{
    internal const uint MFD_CLOEXEC = 1;
    internal const uint MFD_ALLOW_SEALING = 2;
    internal const uint MFD_NOEXEC_SEAL = 8;

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int memfd_create(string name, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ftruncate(FileDescriptor fd, long length);
}
