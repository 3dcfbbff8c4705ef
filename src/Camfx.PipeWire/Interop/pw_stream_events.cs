namespace Camfx.PipeWire.Interop;

// pipewire/stream.h and port.h
internal enum pw_direction : uint
{
    PW_DIRECTION_INPUT = 0,
    PW_DIRECTION_OUTPUT = 1,
}

internal enum pw_stream_state
{
    PW_STREAM_STATE_ERROR = -1,
    PW_STREAM_STATE_UNCONNECTED = 0,
    PW_STREAM_STATE_CONNECTING = 1,
    PW_STREAM_STATE_PAUSED = 2,
    PW_STREAM_STATE_STREAMING = 3,
}

[Flags]
internal enum pw_stream_flags : uint
{
    PW_STREAM_FLAG_NONE = 0,
    PW_STREAM_FLAG_AUTOCONNECT = 1 << 0,
    PW_STREAM_FLAG_MAP_BUFFERS = 1 << 2,
    PW_STREAM_FLAG_DRIVER = 1 << 3,
    PW_STREAM_FLAG_DONT_RECONNECT = 1 << 7,
    PW_STREAM_FLAG_ALLOC_BUFFERS = 1 << 8,
}

// The struct may grow in later versions; libpipewire allocates it.
internal unsafe struct pw_buffer
{
    public spa_buffer* buffer;
    public void* user_data;
    public ulong size;
    public ulong requested;
}

internal unsafe struct pw_stream_events
{
    public const uint PW_VERSION_STREAM_EVENTS = 2;

    public uint version;
    public delegate* unmanaged[Cdecl]<void*, void> destroy;
    public delegate* unmanaged[Cdecl]<void*, pw_stream_state, pw_stream_state, byte*, void> state_changed;
    public delegate* unmanaged[Cdecl]<void*, uint, void*, void> control_info;
    public delegate* unmanaged[Cdecl]<void*, uint, void*, uint, void> io_changed;
    public delegate* unmanaged[Cdecl]<void*, uint, void*, void> param_changed;
    public delegate* unmanaged[Cdecl]<void*, pw_buffer*, void> add_buffer;
    public delegate* unmanaged[Cdecl]<void*, pw_buffer*, void> remove_buffer;
    public delegate* unmanaged[Cdecl]<void*, void> process;
    public delegate* unmanaged[Cdecl]<void*, void> drained;
    public delegate* unmanaged[Cdecl]<void*, void*, void> command;
    public delegate* unmanaged[Cdecl]<void*, void> trigger_done;
}
