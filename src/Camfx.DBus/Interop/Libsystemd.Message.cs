using System.Runtime.InteropServices;

namespace Camfx.DBus.Interop;

/// <content>Messages: making, reading and writing them.</content>
internal static unsafe partial class Libsystemd
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_new_signal(sd_bus* bus, sd_bus_message** m, string path, string @interface, string member);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_new_method_call(
        sd_bus* bus, sd_bus_message** m, string? destination, string path, string? @interface, string member);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_new_method_return(sd_bus_message* call, sd_bus_message** m);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_new_method_error(sd_bus_message* call, sd_bus_message** m, sd_bus_error* e);

    [LibraryImport(Library)]
    public static partial sd_bus_message* sd_bus_message_ref(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial sd_bus_message* sd_bus_message_unref(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_get_type(sd_bus_message* m, byte* type);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_get_cookie(sd_bus_message* m, ulong* cookie);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_get_reply_cookie(sd_bus_message* m, ulong* cookie);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_get_expect_reply(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_get_allow_interactive_authorization(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_set_allow_interactive_authorization(sd_bus_message* m, int b);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_set_auto_start(sd_bus_message* m, int b);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_set_destination(sd_bus_message* m, string destination);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_signature(sd_bus_message* m, int complete);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_path(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_interface(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_member(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_sender(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial sd_bus_error* sd_bus_message_get_error(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_append_basic(sd_bus_message* m, byte type, void* p);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_append_array(sd_bus_message* m, byte type, void* ptr, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_open_container(sd_bus_message* m, byte type, string contents);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_close_container(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_read_basic(sd_bus_message* m, byte type, void* p);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_read_array(sd_bus_message* m, byte type, void** ptr, nuint* size);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_enter_container(sd_bus_message* m, byte type, byte* contents);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, EntryPoint = "sd_bus_message_enter_container")]
    public static partial int sd_bus_message_enter_container(sd_bus_message* m, byte type, string contents);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_exit_container(sd_bus_message* m);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_peek_type(sd_bus_message* m, byte* type, byte** contents);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_at_end(sd_bus_message* m, int complete);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_rewind(sd_bus_message* m, int complete);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_object_path_is_valid(string p);
}
