using Camfx.Frames;

namespace Camfx.PipeWire;

/// <summary>The newest picture of a node, where it lies: in a buffer that PipeWire does not get back before the next one.</summary>
/// <param name="View">The pixels; empty while there is none.</param>
/// <param name="CaptureTime">When it was taken, as the node says it, else when it came: CLOCK_MONOTONIC in ns.</param>
/// <param name="Number">Counts the pictures of this capture, from 1.</param>
public readonly record struct CapturedBuffer(FrameView View, long CaptureTime, long Number);
