using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>
/// The buffers of one direction of an open node (VIDIOC_REQBUFS and what follows from it), for all three kinds of memory and both interfaces.
/// It keeps where each buffer lies; what the driver answers comes back as negative errno values.
/// </summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class BufferQueue(IVideoFile file, StreamFormat format)
{
    private const int MaxPlanes = 3;
    private readonly Place[] _places = new Place[VIDEO_MAX_FRAME * MaxPlanes];
    private readonly uint[] _used = new uint[VIDEO_MAX_FRAME * MaxPlanes];
    private readonly uint[] _offsets = new uint[VIDEO_MAX_FRAME * MaxPlanes];
    private bool _mapped;

    /// <summary>V4L2_MEMORY_…; 0: no buffers.</summary>
    internal uint Memory { get; private set; }

    /// <summary>Buffers there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether the stream runs.</summary>
    internal bool Streaming { get; private set; }

    internal StreamFormat Format => format;

    private bool IsOutput => format.BufferType is V4L2_BUF_TYPE_VIDEO_OUTPUT or V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE;

    /// <summary>Asks for buffers.</summary>
    /// <returns>How many there are, or the negative errno value.</returns>
    internal int Request(uint memory, int count)
    {
        v4l2_requestbuffers request = new() { count = (uint)Math.Min(count, VIDEO_MAX_FRAME), type = format.BufferType, memory = memory };
        int result = file.Send(VIDIOC_REQBUFS, ref request);
        if (result < 0) return result;
        if (request.count == 0) return -Errno.ENOMEM;
        Memory = memory;
        // Never more than the array has room for, whatever a driver says (v4l2loopback 0.15.0 may say 33).
        Count = (int)Math.Min(request.count, VIDEO_MAX_FRAME);
        return Count;
    }

    /// <summary>Takes over buffers that exist already in this open file.</summary>
    /// <param name="free">Gets those the driver does not have.</param>
    /// <returns>How many, 0: none, or none of the driver's own memory.</returns>
    internal int Adopt(Stack<int> free)
    {
        Count = 0;
        long last = -1;
        v4l2_plane* planes = stackalloc v4l2_plane[VIDEO_MAX_PLANES];
        for (int index = 0; index < VIDEO_MAX_FRAME; index++)
        {
            v4l2_buffer buffer = Blank(index, planes);
            buffer.memory = V4L2_MEMORY_MMAP;
            if (file.Send(VIDIOC_QUERYBUF, ref buffer) < 0 || buffer.memory != V4L2_MEMORY_MMAP) break;
            long offset = format.IsMultiPlanar ? planes[0].m.offset : buffer.m.offset;
            // v4l2loopback 0.12 answers one number too many, by beginning again.
            if (offset <= last) break;
            last = offset;
            Count = index + 1;
            if ((buffer.flags & (V4L2_BUF_FLAG_QUEUED | V4L2_BUF_FLAG_DONE)) == 0) free.Push(index);
        }

        Memory = Count == 0 ? 0 : V4L2_MEMORY_MMAP;
        return Count;
    }

    /// <summary>Maps every buffer (V4L2_MEMORY_MMAP).</summary>
    /// <returns>0 or the negative errno value; then nothing is mapped.</returns>
    internal int Map()
    {
        v4l2_plane* planes = stackalloc v4l2_plane[VIDEO_MAX_PLANES];
        _mapped = true;
        for (int index = 0; index < Count; index++)
        {
            v4l2_buffer buffer = Blank(index, planes);
            int result = file.Send(VIDIOC_QUERYBUF, ref buffer);
            for (int plane = 0; result >= 0 && plane < format.MemoryPlanes; plane++)
            {
                uint length = format.IsMultiPlanar ? planes[plane].length : buffer.length;
                uint offset = format.IsMultiPlanar ? planes[plane].m.offset : buffer.m.offset;
                if (length < format.Size(plane))
                {
                    result = -Errno.EINVAL;
                    break;
                }

                result = file.Map(offset, length, out byte* address);
                if (result >= 0) SetPlace(index, plane, address, length, -1);
            }

            if (result >= 0) continue;
            Unmap();
            return result;
        }

        return 0;
    }

    /// <summary>Says where a block of a buffer lies (USERPTR, DMABUF).</summary>
    internal void SetPlace(int index, int plane, byte* address, long length, int descriptor) =>
        Place(index, plane) = new Place { Address = address, Length = (uint)length, Descriptor = descriptor };

    /// <summary>Where a block of a buffer begins in this process; null: nowhere.</summary>
    internal byte* Address(int index, int plane = 0) => plane < format.MemoryPlanes ? Place(index, plane).Address : null;

    /// <summary>Bytes the driver filled in a block, and where in it they begin.</summary>
    internal (uint Used, uint Offset) Filled(int index, int plane = 0) => (_used[index * MaxPlanes + plane], _offsets[index * MaxPlanes + plane]);

    /// <summary>Bytes of a block.</summary>
    internal uint Length(int index, int plane = 0) => Place(index, plane).Length;

    /// <summary>Gives a buffer to the driver; an output's is full: <c>bytesused</c> is what the format says.</summary>
    internal int Queue(int index, long timestampNs)
    {
        v4l2_plane* planes = stackalloc v4l2_plane[VIDEO_MAX_PLANES];
        v4l2_buffer buffer = Blank(index, planes);
        buffer.field = format.Field;
        buffer.timestamp.tv_sec = timestampNs / 1_000_000_000;
        buffer.timestamp.tv_usec = timestampNs % 1_000_000_000 / 1000;
        for (int plane = 0; plane < format.MemoryPlanes; plane++)
        {
            ref Place place = ref Place(index, plane);
            uint used = IsOutput ? (uint)format.Size(plane) : 0;
            buffer_place where = default;
            if (Memory == V4L2_MEMORY_USERPTR) where.userptr = (nuint)place.Address;
            else if (Memory == V4L2_MEMORY_DMABUF) where.fd = place.Descriptor;
            if (format.IsMultiPlanar)
            {
                planes[plane].bytesused = used;
                planes[plane].length = place.Length;
                planes[plane].m = where;
            }
            else
            {
                buffer.bytesused = used;
                buffer.length = place.Length;
                buffer.m = where;
            }
        }

        return file.Send(VIDIOC_QBUF, ref buffer);
    }

    /// <summary>Takes the next buffer the driver is done with.</summary>
    /// <returns>0 or the negative errno value (EAGAIN: none).</returns>
    internal int Dequeue(out DequeuedBuffer dequeued)
    {
        v4l2_plane* planes = stackalloc v4l2_plane[VIDEO_MAX_PLANES];
        v4l2_buffer buffer = Blank(0, planes);
        int result = file.Send(VIDIOC_DQBUF, ref buffer);
        dequeued = default;
        if (result < 0) return result;
        if (buffer.index >= Count) return -Errno.EPROTO;
        int index = (int)buffer.index;
        for (int plane = 0; plane < format.MemoryPlanes; plane++)
        {
            (_used[index * MaxPlanes + plane], _offsets[index * MaxPlanes + plane]) =
                format.IsMultiPlanar ? (planes[plane].bytesused, planes[plane].data_offset) : (buffer.bytesused, 0);
        }

        dequeued = new DequeuedBuffer(index, buffer.flags, buffer.sequence, buffer.timestamp.tv_sec * 1_000_000_000 + buffer.timestamp.tv_usec * 1000);
        return 0;
    }

    internal int Start()
    {
        uint type = format.BufferType;
        int result = file.Send(VIDIOC_STREAMON, ref type);
        if (result >= 0) Streaming = true;
        return result;
    }

    /// <summary>Stops the stream; the driver lets go of every buffer.</summary>
    internal int Stop()
    {
        Streaming = false;
        uint type = format.BufferType;
        return file.Send(VIDIOC_STREAMOFF, ref type);
    }

    /// <summary>Ends whatever another process left running in this open file.</summary>
    internal static void Reset(IVideoFile file, uint type)
    {
        _ = file.Send(VIDIOC_STREAMOFF, ref type);
        v4l2_requestbuffers request = new() { count = 0, type = type, memory = V4L2_MEMORY_MMAP };
        _ = file.Send(VIDIOC_REQBUFS, ref request);
    }

    /// <summary>Stops, unmaps and gives the buffers back: afterwards the format may be set anew.</summary>
    internal void Release()
    {
        if (Streaming) _ = Stop(); // A device that is gone has stopped by itself.
        Unmap();
        if (Count == 0) return;
        v4l2_requestbuffers request = new() { count = 0, type = format.BufferType, memory = Memory };
        _ = file.Send(VIDIOC_REQBUFS, ref request);
        Count = 0;
        Memory = 0;
    }

    /// <summary>Takes the mappings away and leaves the stream running: for a process that ends while another keeps the open file.</summary>
    internal void Unmap()
    {
        if (_mapped)
        {
            foreach (Place place in _places)
                if (place.Address != null) file.Unmap(place.Address);
        }

        Array.Clear(_places);
        _mapped = false;
    }

    private ref Place Place(int index, int plane) => ref _places[index * MaxPlanes + plane];

    private v4l2_buffer Blank(int index, v4l2_plane* planes)
    {
        v4l2_buffer buffer = new() { index = (uint)index, type = format.BufferType, memory = Memory };
        if (!format.IsMultiPlanar) return buffer;
        new Span<byte>(planes, VIDEO_MAX_PLANES * sizeof(v4l2_plane)).Clear();
        buffer.m.planes = planes;
        buffer.length = (uint)format.MemoryPlanes;
        return buffer;
    }
}
