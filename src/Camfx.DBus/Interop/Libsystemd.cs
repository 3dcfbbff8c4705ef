using System.Runtime.InteropServices;

namespace Camfx.DBus.Interop;

/// <summary>
/// Calls into libsystemd's sd-bus. Variadic functions (sd_bus_message_append, sd_bus_call_method) are missing on purpose: they have another
/// calling convention. Every function answers with a negative errno where it fails.
/// </summary>
internal static unsafe partial class Libsystemd
{
    private const string Library = "libsystemd.so.0";

    // sd-bus-protocol.h
    public const byte SD_BUS_MESSAGE_METHOD_CALL = 1;
    public const byte SD_BUS_MESSAGE_METHOD_RETURN = 2;
    public const byte SD_BUS_MESSAGE_METHOD_ERROR = 3;
    public const byte SD_BUS_MESSAGE_SIGNAL = 4;

    // Connections
    [LibraryImport(Library)]
    public static partial int sd_bus_open_system(sd_bus** ret);

    [LibraryImport(Library)]
    public static partial int sd_bus_open_user(sd_bus** ret);

    [LibraryImport(Library)]
    public static partial int sd_bus_new(sd_bus** ret);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_set_address(sd_bus* bus, string address);

    [LibraryImport(Library)]
    public static partial int sd_bus_set_bus_client(sd_bus* bus, int b);

    [LibraryImport(Library)]
    public static partial int sd_bus_negotiate_fds(sd_bus* bus, int b);

    [LibraryImport(Library)]
    public static partial int sd_bus_start(sd_bus* bus);

    [LibraryImport(Library)]
    public static partial sd_bus* sd_bus_unref(sd_bus* bus);

    [LibraryImport(Library)]
    public static partial sd_bus* sd_bus_flush_close_unref(sd_bus* bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_is_open(sd_bus* bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_get_unique_name(sd_bus* bus, byte** unique);

    [LibraryImport(Library)]
    public static partial int sd_bus_can_send(sd_bus* bus, byte type);

    // The loop
    [LibraryImport(Library)]
    public static partial int sd_bus_get_fd(sd_bus* bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_get_events(sd_bus* bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_get_timeout(sd_bus* bus, ulong* timeout_usec);

    [LibraryImport(Library)]
    public static partial int sd_bus_process(sd_bus* bus, sd_bus_message** r);

    [LibraryImport(Library)]
    public static partial int sd_bus_flush(sd_bus* bus);

    // Sending
    [LibraryImport(Library)]
    public static partial int sd_bus_send(sd_bus* bus, sd_bus_message* m, ulong* cookie);

    [LibraryImport(Library)]
    public static partial int sd_bus_call(sd_bus* bus, sd_bus_message* m, ulong usec, sd_bus_error* ret_error, sd_bus_message** reply);

    [LibraryImport(Library)]
    public static partial int sd_bus_call_async(
        sd_bus* bus, sd_bus_slot** slot, sd_bus_message* m, delegate* unmanaged<sd_bus_message*, void*, sd_bus_error*, int> callback, void* userdata, ulong usec);

    [LibraryImport(Library)]
    public static partial void sd_bus_error_free(sd_bus_error* e);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_error_set(sd_bus_error* e, string name, string message);
}
