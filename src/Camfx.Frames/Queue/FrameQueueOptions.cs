namespace Camfx.Frames.Queue;

/// <summary>What a queue carries. All of it is fixed for the life of the queue: another size or format is another queue.</summary>
/// <param name="Name">The camera's name; shown as the memory's name in <c>/proc/PID/maps</c>.</param>
/// <param name="Layout">Format, size and planes of every frame; any raw format.</param>
/// <param name="Matrix">What luma and chroma mean.</param>
/// <param name="Range">Which codes are black and white.</param>
/// <param name="FrameRateNumerator">Declared frames per <paramref name="FrameRateDenominator"/> seconds; positive.</param>
/// <param name="FrameRateDenominator">Seconds the numerator counts; positive.</param>
/// <param name="LeaseLimit">Frames all consumers together may hold, 1 to <see cref="MaxLeaseLimit"/>. The queue has two slots more.</param>
/// <param name="Generation">Which of the camera's queues this is; higher is later.</param>
public sealed record FrameQueueOptions(
    string Name,
    FrameLayout Layout,
    ColorMatrix Matrix,
    ColorRange Range,
    int FrameRateNumerator,
    int FrameRateDenominator,
    int LeaseLimit,
    ulong Generation)
{
    /// <summary>
    /// How many of the first slots get a dma-buf, 0 to all of them (<see cref="LeaseLimit"/> + 2). The memory of those slots is taken at once, and
    /// whoever is given a dma-buf may write into it: ask for them only for a driver that reads them.
    /// </summary>
    public int DmaBufs { get; init; }

    /// <summary>The largest <see cref="LeaseLimit"/>: version 1 has at most 64 slots.</summary>
    public const int MaxLeaseLimit = Wire.WireFormat.MaxSlots - 2;

    internal void Validate()
    {
        PixelFormatInfo format = PixelFormatInfo.Of(Layout.Format);
        if (format.BytesPerPixel == 0)
            throw new ArgumentException($"A frame queue carries raw frames; '{format.Name}' is compressed.", nameof(Layout));
        if (LayoutCheck.Explain(Layout, Layout.Size) is string fault)
            throw new ArgumentException($"The layout {fault}.", nameof(Layout));
        ArgumentOutOfRangeException.ThrowIfLessThan(LeaseLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeaseLimit, MaxLeaseLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(DmaBufs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DmaBufs, LeaseLimit + 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(FrameRateNumerator, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FrameRateDenominator, 1);
        if (!Enum.IsDefined(Matrix)) throw new ArgumentOutOfRangeException(nameof(Matrix), Matrix, $"'{Matrix}' is no colour matrix.");
        if (!Enum.IsDefined(Range)) throw new ArgumentOutOfRangeException(nameof(Range), Range, $"'{Range}' is no colour range.");
    }
}
