using Camfx.Frames;

namespace Camfx.V4L2;

/// <summary>A buffer of an output that is being filled: to be submitted or canceled before the next one is begun.</summary>
/// <param name="Index">The output's number for it.</param>
/// <param name="View">Where the pixels go.</param>
public readonly record struct OutputBuffer(int Index, FrameView View);
