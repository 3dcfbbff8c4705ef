namespace Camfx.V4L2;

/// <summary>How a camera is opened.</summary>
public sealed record VideoCaptureOptions
{
    /// <summary>Which memory type is taken. Auto: the caller's slots by DMABUF or USERPTR, else the driver's memory, else read().</summary>
    public MemoryChoice Memory { get; init; } = MemoryChoice.Auto;

    /// <summary>Buffers asked for, 2 to 32: one is filled, one is waiting, the others may be held by the caller.</summary>
    public int Buffers { get; init; } = 4;

    /// <summary>Memory to capture into, 2 to 32 slots; empty: the driver's own.</summary>
    public IReadOnlyList<CaptureSlot> Slots { get; init; } = [];
}
