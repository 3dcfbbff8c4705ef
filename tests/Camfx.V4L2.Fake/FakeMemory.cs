using System.Runtime.InteropServices;
using Camfx.Posix;

namespace Camfx.V4L2.Fake;

/// <summary>Zeroed pages of a driver's. Freed when nobody refers to them any more, as the kernel keeps pages that are mapped somewhere.</summary>
internal sealed unsafe class FakeMemory
{
    internal FakeMemory(long length)
    {
        int page = MemoryMapping.PageSize;
        Length = (length + page - 1) / page * page;
        Address = (byte*)NativeMemory.AlignedAlloc((nuint)Length, (nuint)page);
        NativeMemory.Clear(Address, (nuint)Length);
    }

    ~FakeMemory() => NativeMemory.AlignedFree(Address);

    internal byte* Address { get; }

    internal long Length { get; }
}
