namespace Camfx.PipeWire.Interop;

// pipewire/core.h
internal unsafe struct pw_core_events
{
    public const uint PW_VERSION_CORE_EVENTS = 0;

    public uint version;
    public delegate* unmanaged[Cdecl]<void*, void*, void> info;
    public delegate* unmanaged[Cdecl]<void*, uint, int, void> done;
    public delegate* unmanaged[Cdecl]<void*, uint, int, void> ping;
    public delegate* unmanaged[Cdecl]<void*, uint, int, int, byte*, void> error;
    public delegate* unmanaged[Cdecl]<void*, uint, void> remove_id;
    public delegate* unmanaged[Cdecl]<void*, uint, uint, void> bound_id;
    public delegate* unmanaged[Cdecl]<void*, uint, uint, int, uint, void> add_mem;
    public delegate* unmanaged[Cdecl]<void*, uint, void> remove_mem;
}

internal unsafe struct pw_core_methods
{
    public uint version;
    public void* add_listener;
    public void* hello;
    public void* sync;
    public void* pong;
    public void* error;
    public delegate* unmanaged[Cdecl]<void*, uint, nuint, pw_proxy*> get_registry;
    public void* create_object;
    public void* destroy;

    /// <summary><c>pw_core_get_registry</c>, an inline function in the header.</summary>
    public static pw_proxy* pw_core_get_registry(pw_core* core)
    {
        spa_interface* iface = (spa_interface*)core;
        return ((pw_core_methods*)iface->cb.funcs)->get_registry(iface->cb.data, pw_registry_methods.PW_VERSION_REGISTRY, 0);
    }
}
