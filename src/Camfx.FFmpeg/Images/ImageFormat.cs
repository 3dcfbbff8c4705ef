namespace Camfx.FFmpeg;

/// <summary>The file formats pictures are written in.</summary>
public enum ImageFormat
{
    /// <summary>Portable Network Graphics: lossless; keeps the alpha channel of BGRA and RGBA.</summary>
    Png,

    /// <summary>JPEG (JFIF): 4:2:0, without alpha.</summary>
    Jpeg,
}
