namespace Camfx.V4L2;

/// <summary>What a capture did so far.</summary>
/// <param name="Frames">Frames handed out.</param>
/// <param name="Dropped">Good frames passed over for a newer one.</param>
/// <param name="Corrupted">Frames the driver marked as damaged, or that were too short.</param>
/// <param name="Missed">Frames the driver's numbering says it lost itself.</param>
/// <param name="Restarts">Times the stream was stopped and started because nothing came or the driver was in error.</param>
public readonly record struct CaptureStatistics(long Frames, long Dropped, long Corrupted, long Missed, long Restarts);
