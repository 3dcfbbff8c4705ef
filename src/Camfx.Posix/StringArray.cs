using System.Runtime.InteropServices;

namespace Camfx.Posix;

/// <summary>Strings as C's argv and envp want them: an array of pointers, a null pointer last.</summary>
internal sealed unsafe class StringArray : IDisposable
{
    private readonly int _count;

    public StringArray(IReadOnlyList<string> strings)
    {
        _count = strings.Count;
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < _count; i++) Pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
    }

    public byte** Pointers { get; }

    public void Dispose()
    {
        for (int i = 0; i < _count; i++) Marshal.FreeCoTaskMem((nint)Pointers[i]);
        NativeMemory.Free(Pointers);
    }
}
