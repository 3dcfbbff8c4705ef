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
    private const long NeverSent = 0;

    private readonly FrameQueueWriter _queue;
    private readonly pw_buffer*[] _all;
    private readonly bool[] _isHere;
    private readonly long[] _sent;
    private int _added;

    /// <summary>No buffers yet, for the slots of <paramref name="queue"/>.</summary>
    public SlotBuffers(FrameQueueWriter queue)
    {
        _queue = queue;
        _all = new pw_buffer*[queue.SlotCount];
        _isHere = new bool[queue.SlotCount];
        _sent = new long[queue.SlotCount];
    }

    /// <summary>Buffers libpipewire has.</summary>
    public int Outside { get; private set; }

    /// <summary>Backs the next buffer with the next slot.</summary>
    /// <returns>False if the other side cannot take a memfd.</returns>
    public bool Add(pw_buffer* buffer)
    {
        // More buffers than slots (a consumer may demand a minimum): the others repeat slots and are never used.
        int slot = _added % _all.Length;
        bool surplus = _added >= _all.Length;
        buffer->user_data = (void*)(surplus ? 0 : slot + 1);
        if (!surplus) _all[slot] = buffer;
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
        Array.Clear(_all);
        Array.Clear(_isHere);
        Array.Clear(_sent);
        _added = 0;
        Outside = 0;
    }

    /// <summary>Takes in a buffer that libpipewire gave back, or gives for the first time.</summary>
    /// <returns>Its slot; -1 if the buffer was not sent, so that its slot is not leased.</returns>
    public int TakeIn(pw_buffer* buffer)
    {
        Outside--;
        int slot = (int)(nint)buffer->user_data - 1;
        if (slot < 0) return slot; // one of the surplus
        _isHere[slot] = true;

        // libpipewire has counted us as its one holder. A consumer that gives back what had been reclaimed from it puts the count out.
        uint* holders = FrameMarks.Holders(buffer);
        if (holders != null) Volatile.Write(ref *holders, 1);
        if (_sent[slot] == NeverSent) slot = -1;
        else _sent[slot] = NeverSent;
        return slot;
    }

    /// <summary>The buffer of a slot, if it is here; it then counts as out since <paramref name="now"/>.</summary>
    public bool TryTakeOut(int slot, long now, out pw_buffer* buffer)
    {
        buffer = _all[slot];
        if (buffer == null || !_isHere[slot]) return false;
        _isHere[slot] = false;
        _sent[slot] = now;
        Outside++;
        return true;
    }

    /// <summary>
    /// Declares buffers unheld that went out before <paramref name="before"/> and that consumers still hold: a consumer that was killed never
    /// gives back, and PipeWire does not do it for it.
    /// </summary>
    /// <returns>How many; libpipewire gives them back at the next asking.</returns>
    public int Reclaim(long before)
    {
        int reclaimed = 0;
        for (int slot = 0; slot < _all.Length; slot++)
        {
            if (_all[slot] == null || _isHere[slot] || _sent[slot] == NeverSent || _sent[slot] >= before) continue;
            uint* holders = FrameMarks.Holders(_all[slot]);
            if (holders == null || Volatile.Read(ref *holders) == 0) continue;
            Volatile.Write(ref *holders, 0);
            reclaimed++;
        }

        return reclaimed;
    }
}
