using System.Runtime.InteropServices;
using Camfx.DBus.Interop;

namespace Camfx.DBus;

/// <summary>
/// A reference to the library's message. Its count is not atomic: disposed, it is given back at once on the connection's thread; forgotten, it
/// waits until that thread comes by.
/// </summary>
internal sealed unsafe class MessageHandle : SafeHandle
{
    private readonly ReleaseQueue _release;
    private bool _forgotten;

    public MessageHandle(ReleaseQueue release, sd_bus_message* message)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        _release = release;
        SetHandle((nint)message);
    }

    public override bool IsInvalid => handle == 0;

    public sd_bus_message* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (sd_bus_message*)handle;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _forgotten = !disposing;
        base.Dispose(disposing);
    }

    protected override bool ReleaseHandle()
    {
        if (_forgotten) _release.Add((sd_bus_message*)handle);
        else Libsystemd.sd_bus_message_unref((sd_bus_message*)handle);
        return true;
    }
}
