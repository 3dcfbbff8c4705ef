using System.Runtime.InteropServices;

namespace Camfx.Imaging.Tests.Infrastructure;

/// <summary>
/// Memory that ends where a page without access begins: a kernel that reads or writes one byte past the end dies at once. The start
/// is as unaligned as the size happens to be. One block is made once and used for many frames.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int MapPrivateAnonymous = 0x22;
    private readonly byte* _memory;
    private readonly nuint _length;

    public GuardedMemory(int size)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        _length = ((nuint)size + page - 1) / page * page;
        _memory = mmap(null, _length + page, ProtRead | ProtWrite, MapPrivateAnonymous, -1, 0);
        if ((nint)_memory == -1 || mprotect(_memory + _length, page, 0) != 0)
            throw new InvalidOperationException($"Could not map {size} guarded bytes, errno {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>First byte after the memory.</summary>
    public byte* End => _memory + _length;

    public void Dispose() => _ = munmap(_memory, _length + (nuint)Environment.SystemPageSize);

    [LibraryImport("libc", SetLastError = true)]
    private static partial byte* mmap(void* address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mprotect(void* address, nuint length, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(void* address, nuint length);
}
