namespace Camfx.PipeWire.Interop;

// pipewire/client.h
internal unsafe struct pw_client_info
{
    public uint id;
    public ulong change_mask;
    public spa_dict* props;
}

internal unsafe struct pw_client_events
{
    public const uint PW_VERSION_CLIENT_EVENTS = 0;
    public const uint PW_VERSION_CLIENT = 3;

    public uint version;
    public delegate* unmanaged[Cdecl]<void*, pw_client_info*, void> info;
    public delegate* unmanaged[Cdecl]<void*, uint, uint, void*, void> permissions;
}
