namespace Camfx.PipeWire.Interop;

// pipewire/node.h
internal unsafe struct pw_node_info
{
    public uint id;
    public uint max_input_ports;
    public uint max_output_ports;
    public ulong change_mask;
    public uint n_input_ports;
    public uint n_output_ports;
    public int state;
    public byte* error;
    public spa_dict* props;
}

internal unsafe struct pw_node_events
{
    public const uint PW_VERSION_NODE_EVENTS = 0;
    public const uint PW_VERSION_NODE = 3;

    public uint version;
    public delegate* unmanaged[Cdecl]<void*, pw_node_info*, void> info;
    public delegate* unmanaged[Cdecl]<void*, int, uint, uint, uint, void*, void> param;
}

internal unsafe struct pw_node_methods
{
    public uint version;
    public void* add_listener;
    public void* subscribe_params;
    public delegate* unmanaged[Cdecl]<void*, int, uint, uint, uint, void*, int> enum_params;

    /// <summary><c>pw_node_enum_params</c>, an inline function in the header: all parameters of one kind.</summary>
    public static int pw_node_enum_params(pw_proxy* node, uint id)
    {
        spa_interface* iface = (spa_interface*)node;
        return ((pw_node_methods*)iface->cb.funcs)->enum_params(iface->cb.data, 0, id, 0, uint.MaxValue, null);
    }
}
