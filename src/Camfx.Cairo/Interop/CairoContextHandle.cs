using System.Runtime.InteropServices;

namespace Camfx.Cairo.Interop;

/// <summary>Owns one reference to a <c>cairo_t</c>, which holds one to its surface.</summary>
internal sealed class CairoContextHandle : SafeHandle
{
    public CairoContextHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        CairoNative.cairo_destroy(handle);
        return true;
    }
}
