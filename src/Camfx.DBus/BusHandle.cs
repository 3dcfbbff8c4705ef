using System.Runtime.InteropServices;
using Camfx.DBus.Interop;

namespace Camfx.DBus;

/// <summary>A connection of the library. Closing it sends what is waiting.</summary>
internal sealed unsafe class BusHandle : SafeHandle
{
    public BusHandle(sd_bus* bus)
        : base(invalidHandleValue: 0, ownsHandle: true) => SetHandle((nint)bus);

    public override bool IsInvalid => handle == 0;

    public sd_bus* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (sd_bus*)handle;
        }
    }

    protected override bool ReleaseHandle()
    {
        Libsystemd.sd_bus_flush_close_unref((sd_bus*)handle);
        return true;
    }
}
