namespace Camfx.Analysis;

/// <summary>Which picture a frame shows: where it is from, and when it was taken.</summary>
/// <param name="Source">The source's URI.</param>
/// <param name="CaptureTime">CLOCK_MONOTONIC in ns. A picture that is shown again has the same.</param>
internal readonly record struct PictureOrigin(string Source, long CaptureTime);
