namespace Camfx.Frames;

/// <summary>
/// How pixels lie in memory. <see cref="PixelFormatInfo"/> holds the facts of each one: fourcc, SPA id, planes, subsampling.
/// </summary>
public enum PixelFormat
{
    /// <summary>No format, or one camfx does not handle.</summary>
    Unknown,

    /// <summary>Planar 4:2:0: plane Y, then U, then V, the chroma planes halved both ways (rounded up).</summary>
    I420,

    /// <summary>Semi-planar 4:2:0: plane Y, then one plane of interleaved U, V.</summary>
    Nv12,

    /// <summary>Planar 4:2:2: plane Y, then U, then V, the chroma planes halved in width. What MJPEG cameras decode to.</summary>
    I422,

    /// <summary>Packed 4:2:2: Y0 U Y1 V. PipeWire calls it YUY2.</summary>
    Yuyv,

    /// <summary>Packed 4:2:2: U Y0 V Y1.</summary>
    Uyvy,

    /// <summary>Packed 8-bit B, G, R, A in memory order; A is straight (not premultiplied).</summary>
    Bgra,

    /// <summary>Packed 8-bit R, G, B, A in memory order; A is straight (not premultiplied).</summary>
    Rgba,

    /// <summary>Packed 8-bit R, G, B in memory order.</summary>
    Rgb24,

    /// <summary>Packed 8-bit B, G, R in memory order.</summary>
    Bgr24,

    /// <summary>One plane of 8-bit luma.</summary>
    Gray8,

    /// <summary>Motion JPEG: one JPEG image a frame, of varying size.</summary>
    Mjpeg,
}
