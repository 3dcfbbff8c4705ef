using System.Runtime.InteropServices;

namespace Camfx.Cairo.Interop;

/// <summary>Owns one reference to a <c>cairo_surface_t</c>. The pixels stay the caller's.</summary>
internal sealed class CairoSurfaceHandle : SafeHandle
{
    public CairoSurfaceHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        CairoNative.cairo_surface_destroy(handle);
        return true;
    }
}
