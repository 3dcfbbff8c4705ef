using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>
/// A buffer queue as videobuf2 runs it: at least two buffers, one owner, one kind of memory, buffers go from dequeued to queued to done and back.
/// A dma-buf is any descriptor that can be mapped; in tests a memfd.
/// </summary>
internal sealed unsafe class FakeQueue(uint type)
{
    private readonly List<FakeQueueBuffer> _buffers = [];
    private readonly Queue<int> _queued = new();
    private readonly Queue<int> _done = new();

    internal uint Type => type;

    internal bool IsMultiPlanar => FormatRequests.IsMultiPlanar(type);

    internal HashSet<MemoryType> Memories { get; } = [MemoryType.Mmap, MemoryType.Userptr, MemoryType.Dmabuf];

    internal FakeFile? Owner { get; private set; }

    internal uint Memory { get; private set; }

    internal bool Streaming { get; private set; }

    internal FakeShape Shape { get; set; } = new(V4L2_PIX_FMT_YUYV, 640, 480);

    internal int Count => _buffers.Count;

    internal int QueuedCount => _queued.Count;

    internal bool AnyDone => _done.Count > 0;

    internal int MostBuffers { get; set; } = VIDEO_MAX_FRAME;

    private uint ClockFlag => IsOutput ? V4L2_BUF_FLAG_TIMESTAMP_COPY : Clock;

    internal uint Clock { get; set; } = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;

    private bool IsOutput => type is V4L2_BUF_TYPE_VIDEO_OUTPUT or V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE;

    internal int Request(FakeFile file, ref v4l2_requestbuffers request)
    {
        if (request.type != type) return -Errno.EINVAL;
        request.capabilities = 0;
        if (Memories.Contains(MemoryType.Mmap)) request.capabilities |= V4L2_BUF_CAP_SUPPORTS_MMAP;
        if (Memories.Contains(MemoryType.Userptr)) request.capabilities |= V4L2_BUF_CAP_SUPPORTS_USERPTR;
        if (Memories.Contains(MemoryType.Dmabuf)) request.capabilities |= V4L2_BUF_CAP_SUPPORTS_DMABUF;
        MemoryType? wanted = request.memory switch
        {
            V4L2_MEMORY_MMAP => MemoryType.Mmap,
            V4L2_MEMORY_USERPTR => MemoryType.Userptr,
            V4L2_MEMORY_DMABUF => MemoryType.Dmabuf,
            _ => null,
        };
        if (wanted is null || !Memories.Contains(wanted.Value)) return -Errno.EINVAL;
        if (Owner is not null && Owner != file) return -Errno.EBUSY;
        if (Streaming) return -Errno.EBUSY;
        Free();
        if (request.count == 0) return 0;
        request.count = (uint)Math.Clamp((int)request.count, 2, MostBuffers);
        (Owner, Memory) = (file, request.memory);
        for (int index = 0; index < request.count; index++)
        {
            var buffer = new FakeQueueBuffer(Shape.Planes);
            for (int plane = 0; plane < Shape.Planes && Memory == V4L2_MEMORY_MMAP; plane++)
            {
                buffer.Own[plane] = new FakeMemory(Shape.PlaneSize(plane));
                buffer.Addresses[plane] = (nint)buffer.Own[plane].Address;
            }

            _buffers.Add(buffer);
        }

        return 0;
    }

    internal int Query(ref v4l2_buffer buffer)
    {
        if (buffer.type != type || buffer.index >= _buffers.Count) return -Errno.EINVAL;
        Describe(ref buffer, (int)buffer.index);
        return 0;
    }

    internal int Queue(FakeFile file, ref v4l2_buffer buffer)
    {
        if (Owner != file) return -Errno.EBUSY;
        if (buffer.type != type || buffer.index >= _buffers.Count || buffer.memory != Memory) return -Errno.EINVAL;
        FakeQueueBuffer it = _buffers[(int)buffer.index];
        if (it.Queued || it.Done) return -Errno.EINVAL;
        if (IsMultiPlanar && (buffer.m.planes == null || buffer.length < Shape.Planes)) return -Errno.EINVAL;
        for (int plane = 0; plane < Shape.Planes; plane++)
        {
            buffer_place place = IsMultiPlanar ? buffer.m.planes[plane].m : buffer.m;
            uint length = IsMultiPlanar ? buffer.m.planes[plane].length : buffer.length;
            uint used = IsMultiPlanar ? buffer.m.planes[plane].bytesused : buffer.bytesused;
            if (Memory != V4L2_MEMORY_MMAP && length < Shape.PlaneSize(plane)) return -Errno.EINVAL;
            if (Memory == V4L2_MEMORY_USERPTR && place.userptr == 0) return -Errno.EFAULT;
            if (Memory == V4L2_MEMORY_USERPTR) it.Addresses[plane] = (nint)place.userptr;
            if (Memory == V4L2_MEMORY_DMABUF && !Import(it, plane, place.fd, length)) return -Errno.EINVAL;
            if (IsOutput) it.Used[plane] = used == 0 ? (uint)Shape.PlaneSize(plane) : used;
        }

        it.Queued = true;
        it.TimestampNs = buffer.timestamp.tv_sec * 1_000_000_000 + buffer.timestamp.tv_usec * 1000;
        _queued.Enqueue((int)buffer.index);
        return 0;
    }

    internal int Dequeue(FakeFile file, ref v4l2_buffer buffer)
    {
        if (Owner != file) return -Errno.EBUSY;
        if (buffer.type != type || buffer.memory != Memory || !Streaming) return -Errno.EINVAL;
        if (!_done.TryDequeue(out int index)) return -Errno.EAGAIN;
        Describe(ref buffer, index);
        _buffers[index].Done = false;
        return 0;
    }

    internal int Stream(FakeFile file, uint which, bool on)
    {
        if (which != type) return -Errno.EINVAL;
        if (Owner is not null && Owner != file) return -Errno.EBUSY;
        if (on)
        {
            if (Count == 0) return -Errno.EINVAL;
            Streaming = true;
            return 0;
        }

        Streaming = false;
        _queued.Clear();
        _done.Clear();
        foreach (FakeQueueBuffer buffer in _buffers) (buffer.Queued, buffer.Done) = (false, false);
        return 0;
    }

    /// <summary>The buffer the hardware works on next; null: none is queued, or no stream runs.</summary>
    internal FakeQueueBuffer? Next() => Streaming && _queued.TryPeek(out int index) ? _buffers[index] : null;

    /// <summary>The hardware is done with it.</summary>
    internal void Complete()
    {
        int index = _queued.Dequeue();
        _buffers[index].Queued = false;
        _buffers[index].Done = true;
        _done.Enqueue(index);
    }

    internal Span<byte> Bytes(FakeQueueBuffer buffer, int plane) => new((byte*)buffer.Addresses[plane], Shape.PlaneSize(plane));

    internal int Map(long offset, long length, out byte* address)
    {
        address = null;
        // Two digits say which buffer and which plane.
        int index = (int)(offset >> 24), plane = (int)(offset >> 20 & 0xf);
        if (Memory != V4L2_MEMORY_MMAP || index >= Count || plane >= Shape.Planes) return -Errno.EINVAL;
        if (length > _buffers[index].Own[plane].Length) return -Errno.EINVAL;
        address = _buffers[index].Own[plane].Address;
        return 0;
    }

    internal void Close(FakeFile file)
    {
        if (Owner != file) return;
        _ = Stream(file, type, on: false);
        Free();
    }

    private bool Import(FakeQueueBuffer buffer, int plane, int descriptor, uint length)
    {
        if (buffer.Imports[plane] is not null && buffer.Descriptors[plane] == descriptor) return true;
        try
        {
            using var file = new FileDescriptor(descriptor, owned: false);
            MemoryMapping mapping = MemoryMapping.Map(file, 0, length, IsOutput ? MapAccess.Read : MapAccess.ReadWrite);
            buffer.Imports[plane]?.Dispose();
            buffer.Imports[plane] = mapping;
            buffer.Descriptors[plane] = descriptor;
            buffer.Addresses[plane] = (nint)mapping.Address;
            return true;
        }
        catch (PosixException)
        {
            return false;
        }
    }

    private void Free()
    {
        foreach (FakeQueueBuffer buffer in _buffers)
            foreach (MemoryMapping? import in buffer.Imports) import?.Dispose();
        _buffers.Clear();
        _queued.Clear();
        _done.Clear();
        (Owner, Memory) = (null, 0);
    }

    private void Describe(ref v4l2_buffer buffer, int index)
    {
        FakeQueueBuffer it = _buffers[index];
        buffer.index = (uint)index;
        buffer.memory = Memory;
        buffer.flags = ClockFlag | (it.Queued ? V4L2_BUF_FLAG_QUEUED : 0) | (it.Done ? V4L2_BUF_FLAG_DONE : 0) | (it.Error ? V4L2_BUF_FLAG_ERROR : 0);
        buffer.sequence = it.Sequence;
        buffer.field = V4L2_FIELD_NONE;
        buffer.timestamp = new timeval { tv_sec = it.TimestampNs / 1_000_000_000, tv_usec = it.TimestampNs % 1_000_000_000 / 1000 };
        for (int plane = 0; plane < Shape.Planes; plane++)
        {
            buffer_place place = default;
            if (Memory == V4L2_MEMORY_MMAP) place.offset = (uint)(index << 24 | plane << 20);
            if (!IsMultiPlanar)
            {
                (buffer.bytesused, buffer.length, buffer.m) = (it.Used[0], (uint)Shape.PlaneSize(0), place);
                continue;
            }

            buffer.m.planes[plane].bytesused = it.Used[plane];
            buffer.m.planes[plane].data_offset = it.Offsets[plane];
            buffer.m.planes[plane].length = (uint)Shape.PlaneSize(plane);
            buffer.m.planes[plane].m = place;
        }
    }
}
