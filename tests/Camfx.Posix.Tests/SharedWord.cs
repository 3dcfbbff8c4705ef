namespace Camfx.Posix.Tests;

/// <summary>A word of shared memory, mapped for writing and once more for reading.</summary>
internal sealed unsafe class SharedWord : IDisposable
{
    private readonly FileDescriptor _memory;
    private readonly MemoryMapping _writable;
    private readonly MemoryMapping _readOnly;

    internal SharedWord()
    {
        _memory = Memfd.Create("camfx-word", MemoryMapping.PageSize);
        _writable = MemoryMapping.Map(_memory, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        _readOnly = MemoryMapping.Map(_memory, 0, MemoryMapping.PageSize, MapAccess.Read);
    }

    internal uint* Address => (uint*)_writable.Address;

    internal uint* ReadOnlyAddress => (uint*)_readOnly.Address;

    public void Dispose()
    {
        _readOnly.Dispose();
        _writable.Dispose();
        _memory.Dispose();
    }
}
