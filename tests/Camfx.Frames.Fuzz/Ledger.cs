using Camfx.Posix;

namespace Camfx.Frames.Fuzz;

/// <summary>What the workers have done, in memory of the foreman: it stays when a worker dies.</summary>
internal sealed unsafe class Ledger : IDisposable
{
    private const int Size = 65536;
    private const int Page = 1024;

    private readonly MemoryMapping _mapping;
    private readonly FileDescriptor? _memory;

    private Ledger(MemoryMapping mapping, FileDescriptor? memory)
    {
        _mapping = mapping;
        _memory = memory;
    }

    /// <summary>Where workers find it, in the foreman.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_memory!.Number}";

    public static Ledger Create()
    {
        FileDescriptor memory = Memfd.Create("fuzz-ledger", Size);
        return new Ledger(MemoryMapping.Map(memory, 0, Size, MapAccess.ReadWrite), memory);
    }

    public static Ledger Open(string path)
    {
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var descriptor = new FileDescriptor((int)file.SafeFileHandle.DangerousGetHandle(), owned: false);
        return new Ledger(MemoryMapping.Map(descriptor, 0, Size, MapAccess.ReadWrite), null);
    }

    public ref LedgerEntry Of(int worker) => ref *(LedgerEntry*)(_mapping.Address + worker * Page);

    public void Dispose()
    {
        _mapping.Dispose();
        _memory?.Dispose();
    }
}
