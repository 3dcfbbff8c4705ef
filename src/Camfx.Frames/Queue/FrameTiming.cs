namespace Camfx.Frames.Queue;

/// <summary>When a frame was taken and when it should be seen. Both are CLOCK_MONOTONIC, in nanoseconds.</summary>
/// <param name="CaptureTime">When the source took the picture; equal to the presentation time where the source cannot tell.</param>
/// <param name="PresentationTime">When the frame is meant to be seen; never decreases within a generation.</param>
public readonly record struct FrameTiming(long CaptureTime, long PresentationTime);
