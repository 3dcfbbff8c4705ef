namespace Camfx.Frames.Queue;

/// <summary>The largest queue a consumer is willing to map.</summary>
/// <param name="MaxSlots">Slots, 3 to 64.</param>
/// <param name="MaxSlotSize">Bytes of one slot.</param>
public sealed record QueueLimits(int MaxSlots, long MaxSlotSize)
{
    /// <summary>64 slots of 8K (7680x4320) BGRA.</summary>
    public static QueueLimits Default { get; } = new(Wire.WireFormat.MaxSlots, 7680L * 4320 * 4);

    internal long MaxTotal => Wire.WireFormat.MaxFirstSlotOffset + MaxSlots * MaxSlotSize;
}
