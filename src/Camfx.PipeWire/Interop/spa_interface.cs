namespace Camfx.PipeWire.Interop;

// spa/utils/hook.h: how SPA objects are called. funcs points to a table that starts with its version.
internal unsafe struct spa_callbacks
{
    public void* funcs;
    public void* data;
}

internal unsafe struct spa_interface
{
    public byte* type;
    public uint version;
    public spa_callbacks cb;
}
