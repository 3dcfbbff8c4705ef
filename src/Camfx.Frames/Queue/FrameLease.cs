namespace Camfx.Frames.Queue;

/// <summary>
/// A frame that a consumer holds: the producer does not write into its slot until the lease is released, or revoked because it was held too
/// long. The pixels are valid as long as the lease is; nobody but the producer may write them.
/// </summary>
public readonly struct FrameLease
{
    internal FrameLease(int slot, ulong sequence, FrameTiming timing, FrameFlags flags, FrameView view)
    {
        Slot = slot;
        Sequence = sequence;
        Timing = timing;
        Flags = flags;
        View = view;
    }

    /// <summary>The slot's number.</summary>
    public int Slot { get; }

    /// <summary>The frame's number within the generation; the first is 1, each one more than the one before.</summary>
    public ulong Sequence { get; }

    /// <summary>When the frame was taken and when it should be seen.</summary>
    public FrameTiming Timing { get; }

    /// <summary>What the consumer should know about the frame.</summary>
    public FrameFlags Flags { get; }

    /// <summary>The pixels, read-only by convention and, outside the producer's process, by the mapping.</summary>
    public FrameView View { get; }
}
