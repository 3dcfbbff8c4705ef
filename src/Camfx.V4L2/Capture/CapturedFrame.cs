using Camfx.Frames;

namespace Camfx.V4L2;

/// <summary>A frame in a buffer of the capture's: the caller's until it is released.</summary>
/// <param name="Index">The buffer; with slots, the slot's number.</param>
/// <param name="View">The pixels; empty for coded pictures, and for a slot that is not mapped in this process.</param>
/// <param name="Data">Where a coded picture's bytes begin; 0 for pixels.</param>
/// <param name="Length">Bytes of the coded picture; of pixels, the bytes the driver filled.</param>
/// <param name="CaptureTimeNs">When it was captured, CLOCK_MONOTONIC.</param>
/// <param name="Sequence">The driver's number of it; a gap is a frame the driver lost.</param>
public readonly unsafe record struct CapturedFrame(
    int Index, FrameView View, nint Data, int Length, long CaptureTimeNs, uint Sequence)
{
    /// <summary>A coded picture's bytes; empty for pixels.</summary>
    public ReadOnlySpan<byte> Bytes => Data == 0 ? default : new ReadOnlySpan<byte>((byte*)Data, Length);
}
