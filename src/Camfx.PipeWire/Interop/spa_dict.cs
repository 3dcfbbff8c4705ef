namespace Camfx.PipeWire.Interop;

// spa/utils/dict.h
internal unsafe struct spa_dict_item
{
    public byte* key;
    public byte* value;
}

internal unsafe struct spa_dict
{
    public uint flags;
    public uint n_items;
    public spa_dict_item* items;
}
