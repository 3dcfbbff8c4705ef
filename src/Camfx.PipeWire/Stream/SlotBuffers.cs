using Camfx.Frames.Queue;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;

namespace Camfx.PipeWire.Stream;

/// <summary>
/// PipeWire's buffers, each of which is one slot of a frame queue. A buffer lies either here (PipeWire has given it back) or out at PipeWire,
/// and while it is out its slot is leased.
/// </summary>
/// <remarks>
/// Thread-bound to the control loop. libpipewire owns the buffers; the queue owns the memory and its descriptor: libpipewire duplicates it
/// for each message and closes only its duplicates.
/// </remarks>
internal sealed unsafe class SlotBuffers
{
    private readonly FrameQueueWriter _queue;
    private readonly pw_buffer*[] _here;
    private int _added;

    /// <summary>No buffers yet, for the slots of <paramref name="queue"/>.</summary>
    public SlotBuffers(FrameQueueWriter queue)
    {
        _queue = queue;
        _here = new pw_buffer*[queue.SlotCount];
    }

    /// <summary>Buffers libpipewire has.</summary>
    public int Outside { get; private set; }

    /// <summary>Backs the next buffer with the next slot.</summary>
    /// <returns>False if the other side cannot take a memfd.</returns>
    public bool Add(pw_buffer* buffer)
    {
        // More buffers than slots (a consumer may demand a minimum): the others repeat slots and are never used.
        int slot = _added % _here.Length;
        buffer->user_data = (void*)(_added < _here.Length ? slot + 1 : 0);
        _added++;
        Outside++;

        spa_data* data = buffer->buffer->datas;
        bool allowed = data->type == Libpipewire.SPA_ID_INVALID || (data->type & 1u << (int)SpaConstants.DataMemFd) != 0;
        if (buffer->buffer->n_datas == 0 || !allowed) return false;
        data->type = SpaConstants.DataMemFd;

        // Not writable: the memory is sealed against it, and a consumer that maps it writable would fail.
        data->flags = SpaConstants.DataReadable;
        data->fd = _queue.Memory.Number;
        data->mapoffset = checked((uint)_queue.SlotOffset(slot));
        data->maxsize = (uint)_queue.SlotSize;
        data->data = _queue.SlotAddress(slot);
        return true;
    }

    /// <summary>Forgets all buffers: libpipewire is freeing them.</summary>
    public void Clear()
    {
        Array.Clear(_here);
        _added = 0;
        Outside = 0;
    }

    /// <summary>Takes in a buffer that libpipewire gave back.</summary>
    /// <returns>Its slot; -1 for one of the surplus.</returns>
    public int TakeIn(pw_buffer* buffer)
    {
        Outside--;
        int slot = (int)(nint)buffer->user_data - 1;
        if (slot >= 0) _here[slot] = buffer;
        return slot;
    }

    /// <summary>The buffer of a slot, if it is here; it then counts as out.</summary>
    public bool TryTakeOut(int slot, out pw_buffer* buffer)
    {
        buffer = _here[slot];
        if (buffer == null) return false;
        _here[slot] = null;
        Outside++;
        return true;
    }
}
