using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>The release of the kernel that runs, by uname(2): /proc/sys, which says it too, is hidden from confined services.</summary>
/// <remarks>Thread-safe.</remarks>
public static unsafe class KernelRelease
{
    /// <summary>What <c>uname -r</c> prints, such as <c>6.1.0-40-amd64</c>; the name of its folder below /lib/modules.</summary>
    public static string Name { get; } = Read();

    private static string Read()
    {
        Libc.utsname name;
        if (Libc.uname(&name) != 0) throw PosixException.FromLastError("read the kernel's release");
        return Marshal.PtrToStringUTF8((nint)name.release) ?? "";
    }
}
