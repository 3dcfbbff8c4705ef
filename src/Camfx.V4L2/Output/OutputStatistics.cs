namespace Camfx.V4L2;

/// <summary>What an output did so far.</summary>
/// <param name="Frames">Frames the driver took.</param>
/// <param name="ZeroCopyFrames">Those of them that no program copied (DMABUF, USERPTR).</param>
/// <param name="CopiedBytes">Bytes copied in this process; what write() copies inside the kernel is not counted.</param>
/// <param name="Skipped">Frames for which the driver had no free buffer.</param>
/// <param name="Faults">Refusals of the driver while it streamed.</param>
/// <param name="FallBacks">Times a plainer memory type was taken because of them.</param>
public readonly record struct OutputStatistics(long Frames, long ZeroCopyFrames, long CopiedBytes, long Skipped, long Faults, long FallBacks);
