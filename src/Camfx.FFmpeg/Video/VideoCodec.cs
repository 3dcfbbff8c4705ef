namespace Camfx.FFmpeg;

/// <summary>How the packets of a camera are coded.</summary>
public enum VideoCodec
{
    /// <summary>Motion JPEG: each packet is a picture of its own.</summary>
    Mjpeg,

    /// <summary>H.264 as a byte stream with start codes; a packet needs those before it.</summary>
    H264,
}
