using Camfx.Frames.Queue;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;

namespace Camfx.PipeWire.Stream;

/// <summary>Writes what a frame is into the buffer that carries it.</summary>
internal static unsafe class FrameMarks
{
    /// <summary>Fills the chunk and, if the consumer asked for it, the header meta.</summary>
    public static void Write(pw_buffer* buffer, in FrameLease lease, int size, int stride)
    {
        bool corrupted = lease.Flags.HasFlag(FrameFlags.Corrupted);
        spa_chunk* chunk = buffer->buffer->datas->chunk;
        chunk->offset = 0;
        chunk->size = (uint)size;
        chunk->stride = stride;
        chunk->flags = corrupted ? SpaConstants.ChunkCorrupted : 0;

        spa_meta_header* header = Header(buffer->buffer);
        if (header == null) return;
        header->flags = (corrupted ? SpaConstants.HeaderCorrupted : 0)
            | (lease.Flags.HasFlag(FrameFlags.Discontinuity) ? SpaConstants.HeaderDiscontinuity : 0);
        header->offset = 0;
        header->pts = lease.Timing.PresentationTime;
        header->dts_offset = 0;
        header->seq = lease.Sequence;
    }

    /// <summary>What a buffer's maker says about its frame; null if it does not.</summary>
    public static spa_meta_header* Header(spa_buffer* buffer) => (spa_meta_header*)Find(buffer, SpaConstants.MetaHeader, sizeof(spa_meta_header));

    /// <summary>How many consumers hold a buffer; null if they do not tell.</summary>
    public static uint* Holders(pw_buffer* buffer)
    {
        var busy = (spa_meta_busy*)Find(buffer->buffer, SpaConstants.MetaBusy, sizeof(spa_meta_busy));
        return busy == null ? null : &busy->count;
    }

    private static void* Find(spa_buffer* buffer, uint type, int size)
    {
        for (uint i = 0; i < buffer->n_metas; i++)
        {
            spa_meta* meta = buffer->metas + i;
            if (meta->type == type && meta->size >= size) return meta->data;
        }

        return null;
    }
}
