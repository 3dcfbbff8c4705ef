using Camfx.Frames;

namespace Camfx.V4L2;

/// <summary>A format akvcam is, or is to be, configured with.</summary>
/// <param name="Format">The pixel format; <see cref="PixelFormat.Unknown"/> for one camfx does not handle.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Rate">Frames a second.</param>
public readonly record struct AkvcamFormat(PixelFormat Format, int Width, int Height, FrameRate Rate);
