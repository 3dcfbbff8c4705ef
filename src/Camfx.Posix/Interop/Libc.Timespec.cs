using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

internal static unsafe partial class Libc
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct timespec
    {
        internal const long NanosecondsPerSecond = 1_000_000_000;

        internal long tv_sec;
        internal long tv_nsec;

        internal static timespec FromNanoseconds(long nanoseconds) => new()
        {
            tv_sec = nanoseconds / NanosecondsPerSecond,
            tv_nsec = nanoseconds % NanosecondsPerSecond,
        };
    }
}
