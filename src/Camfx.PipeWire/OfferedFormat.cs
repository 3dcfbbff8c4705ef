using Camfx.Frames;

namespace Camfx.PipeWire;

/// <summary>One format that a node offers (an <c>EnumFormat</c> parameter), with what is left open in it.</summary>
/// <param name="IsRaw">Whether it is raw pixels; else it is coded.</param>
/// <param name="IsMjpeg">Whether it is Motion JPEG.</param>
/// <param name="SpaFormat"><c>enum spa_video_format</c> of raw pixels, the preferred one of several; 0 where there is none.</param>
/// <param name="IsOneFormat">Whether it is that one only.</param>
/// <param name="Width">Width in pixels, the preferred one of several; 0 where it is not said.</param>
/// <param name="Height">Height in pixels, likewise.</param>
/// <param name="IsOneSize">Whether it is that one size only.</param>
/// <param name="FramesPerSecond">The preferred rate; 0 where it is not said.</param>
/// <param name="IsRateRange">Whether the rate may be anything within bounds.</param>
public readonly record struct OfferedFormat(
    bool IsRaw, bool IsMjpeg, uint SpaFormat, bool IsOneFormat, int Width, int Height, bool IsOneSize, double FramesPerSecond, bool IsRateRange)
{
    /// <summary>The raw format, <see cref="PixelFormat.Unknown"/> where camfx does not handle it or frames are coded.</summary>
    public PixelFormat Format => IsRaw ? PixelFormatInfo.FromSpaId(SpaFormat) : IsMjpeg ? PixelFormat.Mjpeg : PixelFormat.Unknown;
}
