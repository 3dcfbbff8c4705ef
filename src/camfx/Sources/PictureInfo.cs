using Camfx.Frames;

namespace Camfx.Sources;

/// <summary>What a source knows of the picture it has just drawn.</summary>
/// <param name="CaptureTime">When it was taken, CLOCK_MONOTONIC in ns.</param>
/// <param name="Matrix">What its chroma means. It is carried, not converted: effects and RGB consumers use it.</param>
/// <param name="IsCorrupted">Whether a decoder had to make up parts of it.</param>
internal readonly record struct PictureInfo(long CaptureTime, ColorMatrix Matrix, bool IsCorrupted = false);
