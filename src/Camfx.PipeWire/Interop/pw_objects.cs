namespace Camfx.PipeWire.Interop;

// Objects that only libpipewire looks into.
internal readonly struct pw_thread_loop;
internal readonly struct pw_context;
internal readonly struct pw_core;
internal readonly struct pw_proxy;
internal readonly struct pw_properties;
internal readonly struct pw_stream;
internal readonly struct spa_source;
