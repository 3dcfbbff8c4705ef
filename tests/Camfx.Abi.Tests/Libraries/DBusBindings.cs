using System.Reflection;
using Camfx.DBus;
using Camfx.DBus.Interop;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>Camfx.DBus: libsystemd's sd-bus.</summary>
internal sealed class DBusBindings : NativeBindings
{
    internal override Assembly Assembly => typeof(Bus).Assembly;

    internal override void Describe(BindingTable table)
    {
        table.Package("libsystemd");
        table.Headers("systemd/sd-bus.h");
        table.Struct<sd_bus_error>("sd_bus_error");
        table.Opaque<sd_bus>();
        table.Opaque<sd_bus_message>();
        table.Opaque<sd_bus_slot>();
        table.NotInC("Library", "the file the functions come from");
    }
}
