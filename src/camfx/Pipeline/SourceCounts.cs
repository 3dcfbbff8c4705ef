namespace Camfx.Pipeline;

/// <summary>What is counted about a camera's sources.</summary>
/// <param name="Opened">Times one was opened.</param>
/// <param name="Failures">Times one failed.</param>
/// <param name="Dropped">Pictures nobody saw.</param>
/// <param name="Corrupted">Pictures that came damaged and were left out.</param>
/// <param name="CopiedBytes">Bytes of pixels copied or converted into the camera's frames.</param>
internal readonly record struct SourceCounts(long Opened, long Failures, long Dropped, long Corrupted, long CopiedBytes)
{
    public static SourceCounts operator +(SourceCounts one, SourceCounts other) => new(
        one.Opened + other.Opened, one.Failures + other.Failures, one.Dropped + other.Dropped,
        one.Corrupted + other.Corrupted, one.CopiedBytes + other.CopiedBytes);
}
