using System.Runtime.InteropServices;

namespace Camfx.Cairo.Interop;

/// <summary><c>PangoRectangle</c> of pango/pango-types.h, in pixels or in Pango units as the call says.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PangoRectangle
{
    internal int x;
    internal int y;
    internal int width;
    internal int height;
}
