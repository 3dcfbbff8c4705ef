using Camfx.Frames;

namespace Camfx.V4L2;

/// <summary>What an output node is to show.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Format">A raw format.</param>
/// <param name="Rate">Frames a second, for readers that ask.</param>
/// <param name="Matrix">What its luma and chroma mean.</param>
public readonly record struct OutputMode(int Width, int Height, PixelFormat Format, FrameRate Rate, ColorMatrix Matrix = ColorMatrix.Bt709);
