using Camfx.Frames;

namespace Camfx.V4L2.Fake;

/// <summary>A device with one buffer queue.</summary>
public abstract class FakeQueueDevice : FakeDevice
{
    private protected FakeQueueDevice(string path, uint type)
        : base(path) => Queue = new FakeQueue(type);

    public string Driver { get; init; } = "fake";

    public string Card { get; init; } = "Fake device";

    public string BusInfo { get; init; } = "platform:fake";

    /// <summary>The memory types its queue has; read() or write() is <see cref="MemoryType.ReadWrite"/>.</summary>
    public ISet<MemoryType> Memories { get; init; } = new HashSet<MemoryType> { MemoryType.Mmap, MemoryType.Userptr, MemoryType.Dmabuf, MemoryType.ReadWrite };

    /// <summary>Rows begin at multiples of so many bytes.</summary>
    public int RowAlignment { get; init; } = 1;

    /// <summary>The most buffers it gives.</summary>
    public int MostBuffers { get; init; } = 32;

    /// <summary>Buffers the driver has now.</summary>
    public int QueuedBuffers
    {
        get
        {
            lock (Gate) return Queue.QueuedCount;
        }
    }

    /// <summary>Buffers there are.</summary>
    public int Buffers
    {
        get
        {
            lock (Gate) return Queue.Count;
        }
    }

    /// <summary>Whether its stream runs.</summary>
    public bool IsStreaming
    {
        get
        {
            lock (Gate) return Queue.Streaming;
        }
    }

    /// <summary>The memory type in use; null: no buffers.</summary>
    public MemoryType? Memory
    {
        get
        {
            lock (Gate)
            {
                return Queue.Memory switch
                {
                    Interop.VideoDev.V4L2_MEMORY_MMAP => MemoryType.Mmap,
                    Interop.VideoDev.V4L2_MEMORY_USERPTR => MemoryType.Userptr,
                    Interop.VideoDev.V4L2_MEMORY_DMABUF => MemoryType.Dmabuf,
                    _ => null,
                };
            }
        }
    }

    /// <summary>The formats, sizes and rates it has; the first is what it starts with.</summary>
    public required IReadOnlyList<VideoMode> Modes { get; init; }

    internal FakeQueue Queue { get; }

    /// <summary>Bytes of each block beyond the pixels.</summary>
    internal virtual int Extra => 0;

    internal FrameRate Rate { get; set; } = new(30, 1);

    /// <summary>Bytes of one frame.</summary>
    public int FrameSize
    {
        get
        {
            lock (Gate) return Queue.Shape.Size;
        }
    }

    /// <summary>The code of a format that is written to devices.</summary>
    public static uint CodeOf(PixelFormat format) => PixelFormatInfo.Of(format).FourCC;

    internal void Prepare()
    {
        Queue.Memories.IntersectWith(Memories);
        Queue.MostBuffers = MostBuffers;
        if (Modes.Count > 0 && OpenFiles == 0) Queue.Shape = new FakeShape(Modes[0].Code, Modes[0].Width, Modes[0].Height, RowAlignment, Extra);
    }
}
