using System.Runtime.InteropServices;

namespace Camfx.PipeWire.Interop;

/// <summary>
/// Calls into libpipewire-0.3. Variadic functions (pw_properties_new, pw_stream_set_error) are missing on purpose: they have another calling
/// convention. What is a macro in the headers goes through the object's function table: <see cref="spa_interface"/>.
/// </summary>
internal static unsafe partial class Libpipewire
{
    private const string Library = "libpipewire-0.3.so.0";

    public const uint PW_ID_ANY = 0xffffffff;
    public const uint PW_ID_CORE = 0;
    public const uint SPA_ID_INVALID = 0xffffffff;

    // pipewire/pipewire.h
    [LibraryImport(Library)]
    public static partial void pw_init(int* argc, byte*** argv);

    [LibraryImport(Library)]
    public static partial byte* pw_get_library_version();

    // pipewire/thread-loop.h
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial pw_thread_loop* pw_thread_loop_new(string name, spa_dict* props);

    [LibraryImport(Library)]
    public static partial void pw_thread_loop_destroy(pw_thread_loop* loop);

    [LibraryImport(Library)]
    public static partial pw_loop* pw_thread_loop_get_loop(pw_thread_loop* loop);

    [LibraryImport(Library)]
    public static partial int pw_thread_loop_start(pw_thread_loop* loop);

    [LibraryImport(Library)]
    public static partial void pw_thread_loop_stop(pw_thread_loop* loop);

    // pipewire/context.h and core.h
    [LibraryImport(Library, SetLastError = true)]
    public static partial pw_context* pw_context_new(pw_loop* main_loop, pw_properties* props, nuint user_data_size);

    [LibraryImport(Library)]
    public static partial void pw_context_destroy(pw_context* context);

    [LibraryImport(Library, SetLastError = true)]
    public static partial pw_core* pw_context_connect(pw_context* context, pw_properties* properties, nuint user_data_size);

    [LibraryImport(Library, SetLastError = true)]
    public static partial pw_core* pw_context_connect_fd(pw_context* context, int fd, pw_properties* properties, nuint user_data_size);

    [LibraryImport(Library)]
    public static partial int pw_core_disconnect(pw_core* core);

    // pipewire/proxy.h
    [LibraryImport(Library)]
    public static partial void pw_proxy_add_object_listener(pw_proxy* proxy, spa_hook* listener, void* funcs, void* data);

    [LibraryImport(Library)]
    public static partial void pw_proxy_destroy(pw_proxy* proxy);

    // pipewire/properties.h
    [LibraryImport(Library, SetLastError = true)]
    public static partial pw_properties* pw_properties_new_dict(spa_dict* dict);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int pw_properties_set(pw_properties* properties, string key, string? value);

    // pipewire/stream.h
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial pw_stream* pw_stream_new(pw_core* core, string name, pw_properties* props);

    [LibraryImport(Library)]
    public static partial void pw_stream_destroy(pw_stream* stream);

    [LibraryImport(Library)]
    public static partial void pw_stream_add_listener(pw_stream* stream, spa_hook* listener, pw_stream_events* events, void* data);

    [LibraryImport(Library)]
    public static partial int pw_stream_connect(
        pw_stream* stream, pw_direction direction, uint target_id, pw_stream_flags flags, void** parameters, uint n_params);

    [LibraryImport(Library)]
    public static partial uint pw_stream_get_node_id(pw_stream* stream);

    [LibraryImport(Library)]
    public static partial int pw_stream_disconnect(pw_stream* stream);

    [LibraryImport(Library)]
    public static partial int pw_stream_update_params(pw_stream* stream, void** parameters, uint n_params);

    [LibraryImport(Library)]
    public static partial pw_buffer* pw_stream_dequeue_buffer(pw_stream* stream);

    [LibraryImport(Library)]
    public static partial int pw_stream_queue_buffer(pw_stream* stream, pw_buffer* buffer);

    [LibraryImport(Library)]
    public static partial int pw_stream_trigger_process(pw_stream* stream);
}
