using System.Runtime.InteropServices;
using System.Text;

namespace Camfx.Onnx.Interop;

/// <summary>Strings that end with a zero.</summary>
internal static unsafe class Utf8
{
    /// <summary>A string of the library's; null is empty.</summary>
    public static string Read(byte* text) => text == null ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    /// <summary>A copy outside the managed heap; <see cref="NativeMemory.Free"/> frees it.</summary>
    public static byte* Copy(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte* copy = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(copy, length));
        copy[length] = 0;
        return copy;
    }
}
