namespace Camfx.Frames.Queue;

/// <summary>A frame that was copied out of a queue whole: the facts of <see cref="FrameLease"/> without the lease.</summary>
/// <param name="Sequence">The frame's number within the generation.</param>
/// <param name="Timing">When the frame was taken and when it should be seen.</param>
/// <param name="Flags">What the consumer should know about the frame.</param>
public readonly record struct CopiedFrame(ulong Sequence, FrameTiming Timing, FrameFlags Flags);
