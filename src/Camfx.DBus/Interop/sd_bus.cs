using System.Runtime.InteropServices;

namespace Camfx.DBus.Interop;

/// <summary>A connection; opaque. Its reference count is not atomic: one thread at a time.</summary>
internal struct sd_bus;

/// <summary>A message; opaque. Its reference count is not atomic either.</summary>
internal struct sd_bus_message;

/// <summary>What a callback hangs on; opaque.</summary>
internal struct sd_bus_slot;

/// <summary>An error's name and text (sd-bus.h). Freed by <c>sd_bus_error_free</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct sd_bus_error
{
    public byte* name;
    public byte* message;
    public int _need_free;
}
