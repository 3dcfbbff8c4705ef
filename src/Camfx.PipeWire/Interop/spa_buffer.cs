namespace Camfx.PipeWire.Interop;

// spa/buffer/buffer.h and meta.h
internal struct spa_chunk
{
    public uint offset;
    public uint size;
    public int stride;
    public int flags;
}

internal unsafe struct spa_data
{
    public uint type;
    public uint flags;
    public long fd;
    public uint mapoffset;
    public uint maxsize;
    public void* data;
    public spa_chunk* chunk;
}

internal unsafe struct spa_meta
{
    public uint type;
    public uint size;
    public void* data;
}

internal unsafe struct spa_buffer
{
    public uint n_metas;
    public uint n_datas;
    public spa_meta* metas;
    public spa_data* datas;
}

internal struct spa_meta_header
{
    public uint flags;
    public uint offset;
    public long pts;
    public long dts_offset;
    public ulong seq;
}

internal struct spa_meta_busy
{
    public uint flags;
    public uint count;
}
