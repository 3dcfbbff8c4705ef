namespace Camfx.Frames.Queue;

/// <summary>
/// A slot the producer may draw into: from <see cref="FrameQueueWriter.TryBegin"/> until <see cref="FrameQueueWriter.Publish"/> or
/// <see cref="FrameQueueWriter.Abandon"/>. It holds an old frame or none: whoever draws writes every pixel.
/// </summary>
/// <remarks>Code that draws with non-temporal stores ends with a store fence: publishing orders ordinary stores only.</remarks>
public readonly struct FrameSlot
{
    internal FrameSlot(int index, FrameView view)
    {
        Index = index;
        View = view;
    }

    /// <summary>The slot's number, 0 to <see cref="FrameQueueWriter.SlotCount"/> - 1.</summary>
    public int Index { get; }

    /// <summary>The slot's pixels, writable.</summary>
    public FrameView View { get; }

    /// <summary>The same slot, to be published with another meaning of its chroma than the queue's usual one.</summary>
    public FrameSlot With(ColorMatrix matrix) => new(Index, View.With(matrix));
}
