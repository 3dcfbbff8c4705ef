namespace Camfx.PipeWire.Interop;

// pipewire/loop.h and spa/support/loop.h
internal unsafe struct pw_loop
{
    public void* system;
    public void* loop;
    public void* control;
    public spa_interface* utils;
}

internal struct timespec
{
    public long tv_sec;
    public long tv_nsec;
}

internal unsafe struct spa_loop_utils_methods
{
    public uint version;
    public void* add_io;
    public void* update_io;
    public void* add_idle;
    public void* enable_idle;
    public delegate* unmanaged[Cdecl]<void*, delegate* unmanaged[Cdecl]<void*, ulong, void>, void*, spa_source*> add_event;
    public delegate* unmanaged[Cdecl]<void*, spa_source*, int> signal_event;
    public delegate* unmanaged[Cdecl]<void*, delegate* unmanaged[Cdecl]<void*, ulong, void>, void*, spa_source*> add_timer;
    public delegate* unmanaged[Cdecl]<void*, spa_source*, timespec*, timespec*, byte, int> update_timer;
    public void* add_signal;
    public delegate* unmanaged[Cdecl]<void*, spa_source*, void> destroy_source;

    private static spa_loop_utils_methods* Of(pw_loop* loop) => (spa_loop_utils_methods*)loop->utils->cb.funcs;

    public static spa_source* pw_loop_add_event(pw_loop* loop, delegate* unmanaged[Cdecl]<void*, ulong, void> func, void* data) =>
        Of(loop)->add_event(loop->utils->cb.data, func, data);

    public static int pw_loop_signal_event(pw_loop* loop, spa_source* source) =>
        Of(loop)->signal_event(loop->utils->cb.data, source);

    public static spa_source* pw_loop_add_timer(pw_loop* loop, delegate* unmanaged[Cdecl]<void*, ulong, void> func, void* data) =>
        Of(loop)->add_timer(loop->utils->cb.data, func, data);

    public static int pw_loop_update_timer(pw_loop* loop, spa_source* source, timespec* value, timespec* interval, bool absolute) =>
        Of(loop)->update_timer(loop->utils->cb.data, source, value, interval, absolute ? (byte)1 : (byte)0);

    public static void pw_loop_destroy_source(pw_loop* loop, spa_source* source) =>
        Of(loop)->destroy_source(loop->utils->cb.data, source);
}
