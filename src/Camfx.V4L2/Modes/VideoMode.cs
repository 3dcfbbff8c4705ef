using Camfx.Frames;

namespace Camfx.V4L2;

/// <summary>One way to run a camera.</summary>
/// <param name="Code">V4L2's code of the format (fourcc).</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Rate">Frames a second; unknown where the camera does not say.</param>
public readonly record struct VideoMode(uint Code, int Width, int Height, FrameRate Rate)
{
    /// <summary>What a frame is: raw pixels, MJPEG, or <see cref="PixelFormat.Unknown"/> for H.264.</summary>
    public PixelFormat Format => WireFormat.Of(Code)?.Format ?? PixelFormat.Unknown;

    /// <summary>Whether frames are pixels and need no decoder.</summary>
    public bool IsRaw => WireFormat.Of(Code) is { IsCoded: false };

    /// <summary>Whether frames are H.264.</summary>
    public bool IsH264 => Code == Interop.VideoDev.V4L2_PIX_FMT_H264;

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height} {FourCC.ToString(Code)} at {Rate}";
}
