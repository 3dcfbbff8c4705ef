using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

// The C library has no function for futex(2). syscall() takes every argument in a register, so one fixed signature serves.
internal static unsafe partial class Libc
{
    internal const long SYS_futex_x64 = 202;
    internal const long SYS_futex_arm64 = 98;

    internal const int FUTEX_WAKE = 1;
    internal const int FUTEX_WAIT_BITSET = 9;
    internal const int FUTEX_PRIVATE_FLAG = 128;
    internal const uint FUTEX_BITSET_MATCH_ANY = 0xffffffff;

    internal static readonly long SYS_futex = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => SYS_futex_x64,
        Architecture.Arm64 => SYS_futex_arm64,
        _ => throw new PlatformNotSupportedException(
            $"camfx runs on x86-64 and arm64; this process is {RuntimeInformation.ProcessArchitecture}."),
    };

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial long futex(
        long number, uint* word, long operation, long value, timespec* timeout, uint* secondWord, long bits);
}
