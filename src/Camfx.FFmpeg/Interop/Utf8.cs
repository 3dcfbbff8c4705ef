using System.Runtime.InteropServices;

namespace Camfx.FFmpeg.Interop;

/// <summary>C strings of FFmpeg.</summary>
internal static unsafe class Utf8
{
    /// <summary>A copy of a C string; empty for null.</summary>
    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
