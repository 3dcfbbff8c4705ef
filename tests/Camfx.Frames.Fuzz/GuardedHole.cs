using System.Runtime.InteropServices;

namespace Camfx.Frames.Fuzz;

/// <summary>
/// A gap in the address space between two pages without access. The kernel puts a new mapping of just this size into it, because it is the highest gap that
/// fits: then a read outside that mapping ends the process.
/// </summary>
internal sealed unsafe partial class GuardedHole
{
    private const int PrivateAnonymous = 0x4022;

    private static readonly nuint s_page = (nuint)Environment.SystemPageSize;

    private byte* _start;
    private nuint _length;

    /// <summary>Says where the next mapping of this length should come to lie, digging a new hole if the one there was is of another length or taken.</summary>
    public byte* For(long length, bool anew)
    {
        if (!anew && _length == (nuint)length) return _start;
        if (_start != null)
        {
            // The guards only: something else may have moved in between them.
            _ = munmap(_start - s_page, s_page);
            _ = munmap(_start + _length, s_page);
        }

        _length = (nuint)length;
        byte* region = mmap(null, _length + 2 * s_page, 0, PrivateAnonymous, -1, 0);
        if ((nint)region == -1) throw new InvalidOperationException($"Could not reserve {length} bytes of address space, errno {Marshal.GetLastPInvokeError()}.");
        _start = region + s_page;
        _ = munmap(_start, _length);
        return _start;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial byte* mmap(void* address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc")]
    private static partial int munmap(void* address, nuint length);
}
