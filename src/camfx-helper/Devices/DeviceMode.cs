using Camfx.Frames;

namespace Camfx.Helper.Devices;

/// <summary>What a device shows, for its whole life.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Rows.</param>
/// <param name="FourCC">The V4L2 format, e.g. <c>YUYV</c>.</param>
/// <param name="FrameRate">Frames a second.</param>
internal sealed record DeviceMode(int Width, int Height, string FourCC, double FrameRate)
{
    /// <summary>The format.</summary>
    public PixelFormat Format => PixelFormatInfo.FromFourCC(Frames.FourCC.Pack(FourCC));

    /// <summary>Nanoseconds of one frame.</summary>
    public long FrameTimeNs => (long)(1_000_000_000 / FrameRate);
}
