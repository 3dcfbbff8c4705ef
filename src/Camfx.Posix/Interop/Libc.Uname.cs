using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

internal static unsafe partial class Libc
{
    private const int UtsnameLength = 65;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int uname(utsname* name);

    [StructLayout(LayoutKind.Sequential)]
    internal struct utsname
    {
        internal fixed byte sysname[UtsnameLength];
        internal fixed byte nodename[UtsnameLength];
        internal fixed byte release[UtsnameLength];
        internal fixed byte version[UtsnameLength];
        internal fixed byte machine[UtsnameLength];
        internal fixed byte domainname[UtsnameLength];
    }
}
