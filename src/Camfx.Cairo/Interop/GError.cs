using System.Runtime.InteropServices;

namespace Camfx.Cairo.Interop;

/// <summary><c>GError</c> of glib/gerror.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GError
{
    internal uint domain;
    internal int code;
    internal byte* message;
}
