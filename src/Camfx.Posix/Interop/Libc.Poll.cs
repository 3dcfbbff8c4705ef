using System.Runtime.InteropServices;

namespace Camfx.Posix.Interop;

internal static unsafe partial class Libc
{
    // ppoll and not poll: its timeout is in nanoseconds.
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ppoll(PollDescriptor* descriptors, ulong count, timespec* timeout, void* signalMask);
}
