namespace Camfx.PipeWire.Interop;

// pipewire/core.h
internal unsafe struct pw_core_info
{
    public uint id;
    public uint cookie;
    public byte* user_name;
    public byte* host_name;
    public byte* version;
}

internal unsafe struct pw_core_events
{
    public const uint PW_VERSION_CORE_EVENTS = 0;

    public uint version;
    public delegate* unmanaged[Cdecl]<void*, pw_core_info*, void> info;
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
    public delegate* unmanaged[Cdecl]<void*, uint, int, int> sync;
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

    /// <summary><c>pw_core_sync</c>, an inline function in the header.</summary>
    /// <returns>The number that the answer, <c>done</c>, carries.</returns>
    public static int pw_core_sync(pw_core* core, uint id)
    {
        spa_interface* iface = (spa_interface*)core;
        return ((pw_core_methods*)iface->cb.funcs)->sync(iface->cb.data, id, 0);
    }
}
