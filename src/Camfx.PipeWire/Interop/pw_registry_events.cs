namespace Camfx.PipeWire.Interop;

// pipewire/core.h
internal unsafe struct pw_registry_events
{
    public const uint PW_VERSION_REGISTRY_EVENTS = 0;

    public uint version;
    public delegate* unmanaged[Cdecl]<void*, uint, uint, byte*, uint, spa_dict*, void> global;
    public delegate* unmanaged[Cdecl]<void*, uint, void> global_remove;
}

internal unsafe struct pw_registry_methods
{
    public const uint PW_VERSION_REGISTRY = 3;

    public uint version;
    public void* add_listener;
    public delegate* unmanaged[Cdecl]<void*, uint, byte*, uint, nuint, void*> bind;
    public void* destroy;

    /// <summary><c>pw_registry_bind</c>, an inline function in the header; <paramref name="type"/> ends with a zero.</summary>
    public static pw_proxy* pw_registry_bind(pw_proxy* registry, uint id, ReadOnlySpan<byte> type, uint version)
    {
        spa_interface* iface = (spa_interface*)registry;
        fixed (byte* name = type)
            return (pw_proxy*)((pw_registry_methods*)iface->cb.funcs)->bind(iface->cb.data, id, name, version, 0);
    }
}
