using System.Runtime.InteropServices;

namespace Camfx.Cairo.Interop;

/// <summary>Owns one reference to a <c>PangoLayout</c> (a GObject), which holds one to its context.</summary>
internal sealed class PangoLayoutHandle : SafeHandle
{
    public PangoLayoutHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        GLibNative.g_object_unref(handle);
        return true;
    }
}
