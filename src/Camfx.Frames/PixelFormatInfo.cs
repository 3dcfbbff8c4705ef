using System.Collections.Immutable;

namespace Camfx.Frames;

/// <summary>The facts of one pixel format: the only table of them in camfx.</summary>
/// <param name="Format">The format described.</param>
/// <param name="Name">The name users type and see, e.g. <c>I420</c>.</param>
/// <param name="FourCC">V4L2's code (linux/videodev2.h), also the queue's.</param>
/// <param name="SpaId">PipeWire's <c>enum spa_video_format</c> (spa/param/video/raw.h); 0 where PipeWire has another media subtype.</param>
/// <param name="PlaneCount">Planes in memory, 1 to 3.</param>
/// <param name="BytesPerPixel">Bytes of one pixel in plane 0 (2 for 4:2:2 packed); 0 for compressed.</param>
/// <param name="ChromaShiftX">Chroma is 2^ChromaShiftX times narrower than luma.</param>
/// <param name="ChromaShiftY">Chroma is 2^ChromaShiftY times lower than luma.</param>
/// <param name="IsYuv">Whether it is luma and chroma (then matrix and range say what the numbers mean).</param>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record PixelFormatInfo(
    PixelFormat Format,
    string Name,
    uint FourCC,
    uint SpaId,
    int PlaneCount,
    int BytesPerPixel,
    int ChromaShiftX,
    int ChromaShiftY,
    bool IsYuv)
{
    /// <summary>Every format camfx handles.</summary>
    public static ImmutableArray<PixelFormatInfo> All { get; } =
    [
        //                          name     fourcc  spa planes bytes  sx sy yuv
        Row(PixelFormat.I420,       "I420",  "YU12",  2,     3,    1,   1, 1, true),
        Row(PixelFormat.Nv12,       "NV12",  "NV12", 23,     2,    1,   1, 1, true),
        Row(PixelFormat.I422,       "I422",  "422P", 18,     3,    1,   1, 0, true),
        Row(PixelFormat.Yuyv,       "YUYV",  "YUYV",  4,     1,    2,   1, 0, true),
        Row(PixelFormat.Uyvy,       "UYVY",  "UYVY",  5,     1,    2,   1, 0, true),
        Row(PixelFormat.Bgra,       "BGRA",  "AR24", 12,     1,    4,   0, 0, false),
        Row(PixelFormat.Rgba,       "RGBA",  "AB24", 11,     1,    4,   0, 0, false),
        Row(PixelFormat.Rgb24,      "RGB24", "RGB3", 15,     1,    3,   0, 0, false),
        Row(PixelFormat.Bgr24,      "BGR24", "BGR3", 16,     1,    3,   0, 0, false),
        Row(PixelFormat.Gray8,      "GRAY8", "GREY", 25,     1,    1,   0, 0, true),
        Row(PixelFormat.Mjpeg,      "MJPEG", "MJPG",  0,     1,    0,   0, 0, true),
    ];

    /// <summary>The facts of <paramref name="format"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The format is <see cref="PixelFormat.Unknown"/> or no member of the enum.</exception>
    public static PixelFormatInfo Of(PixelFormat format) =>
        format is > PixelFormat.Unknown and <= PixelFormat.Mjpeg
            ? All[(int)format - 1]
            : throw new ArgumentOutOfRangeException(nameof(format), format, $"'{format}' is no pixel format camfx handles.");

    /// <summary>The format with this fourcc, or <see cref="PixelFormat.Unknown"/>.</summary>
    public static PixelFormat FromFourCC(uint fourcc)
    {
        foreach (PixelFormatInfo info in All)
            if (info.FourCC == fourcc) return info.Format;
        return PixelFormat.Unknown;
    }

    /// <summary>The raw format with this <c>enum spa_video_format</c> value, or <see cref="PixelFormat.Unknown"/>.</summary>
    public static PixelFormat FromSpaId(uint spaId)
    {
        foreach (PixelFormatInfo info in All)
            if (info.SpaId == spaId && spaId != 0) return info.Format;
        return PixelFormat.Unknown;
    }

    /// <summary>The format with this name, upper or lower case, or <see cref="PixelFormat.Unknown"/>.</summary>
    public static PixelFormat FromName(string name)
    {
        foreach (PixelFormatInfo info in All)
            if (string.Equals(info.Name, name, StringComparison.OrdinalIgnoreCase)) return info.Format;
        return PixelFormat.Unknown;
    }

    private static PixelFormatInfo Row(
        PixelFormat format, string name, string fourcc, uint spa, int planes, int bytes, int shiftX, int shiftY, bool yuv) =>
        new(format, name, Frames.FourCC.Pack(fourcc), spa, planes, bytes, shiftX, shiftY, yuv);
}
