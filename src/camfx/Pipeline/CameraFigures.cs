namespace Camfx.Pipeline;

/// <summary>A camera in numbers, since it was started.</summary>
/// <param name="FramesIn">Pictures the source gave, seen or not.</param>
/// <param name="FramesOut">Frames published.</param>
/// <param name="FpsIn">Pictures in the last second.</param>
/// <param name="FpsOut">Frames in the last second.</param>
/// <param name="Dropped">Pictures of the source nobody saw.</param>
/// <param name="Corrupted">Pictures of the source that came damaged and were left out.</param>
/// <param name="Missed">Ticks that passed without a frame because the machine was busy.</param>
/// <param name="CopiedBytes">Bytes of the source's pixels copied or converted into the camera's frames.</param>
/// <param name="LatencyMedian">From a picture's capture to its publication, in ms: half of the last 512 took no longer; null before the first.</param>
/// <param name="LatencyP99">The same for 99 of 100.</param>
/// <param name="SourceOpened">Times a source was opened.</param>
/// <param name="Faults">Times a source or an effect failed, or a queue had no free slot.</param>
internal sealed record CameraFigures(
    long FramesIn,
    long FramesOut,
    double FpsIn,
    double FpsOut,
    long Dropped,
    long Corrupted,
    long Missed,
    long CopiedBytes,
    double? LatencyMedian,
    double? LatencyP99,
    long SourceOpened,
    long Faults);
