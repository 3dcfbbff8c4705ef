using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>Shared memory that a driver captures into by dma-bufs. Only made when it is asked for: a picture is converted once, wherever it lies.</summary>
/// <remarks>Outlives the capture.</remarks>
internal sealed unsafe class CaptureMemory : IDisposable
{
    /// <summary>Bytes a pixel: enough for every format there is.</summary>
    private const int WidestPixel = 4;

    private readonly FileDescriptor _memory;
    private readonly MemoryMapping _mapping;
    private readonly List<CaptureSlot> _slots = [];

    /// <param name="mode">What is captured.</param>
    /// <param name="count">Slots.</param>
    /// <exception cref="PosixException">There is no memory, or this user may make no dma-bufs.</exception>
    public CaptureMemory(VideoMode mode, int count)
    {
        int page = MemoryMapping.PageSize;
        long size = ((long)mode.Width * mode.Height * WidestPixel + page - 1) / page * page;
        using Udmabuf udmabuf = Udmabuf.Open();
        _memory = Memfd.Create("camfx camera", size * count);
        Memfd.AddSeals(_memory, Seals.Shrink);
        _mapping = MemoryMapping.Map(_memory, 0, size * count, MapAccess.ReadWrite);
        try
        {
            for (int i = 0; i < count; i++)
                _slots.Add(new CaptureSlot((nint)(_mapping.Address + i * size), size, udmabuf.Create(_memory, i * size, size)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<CaptureSlot> Slots => _slots;

    public void Dispose()
    {
        foreach (CaptureSlot slot in _slots) slot.DmaBuf!.Dispose();
        _mapping.Dispose();
        _memory.Dispose();
    }
}
