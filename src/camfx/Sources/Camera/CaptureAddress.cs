using System.Globalization;
using Camfx.Frames;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>What a <c>camera:</c> URI says: which camera, and what of its mode the user wants to decide.</summary>
/// <param name="Text">The URI as it was written.</param>
/// <param name="Name">A node's path, a camera's name, stable id or place on the bus; empty: the best camera there is.</param>
/// <param name="Width">Pixels a row; 0: as the virtual camera's.</param>
/// <param name="Height">Rows; 0: as the virtual camera's.</param>
/// <param name="FramesPerSecond">0: as the virtual camera's.</param>
/// <param name="FourCC">V4L2's code of the format; 0: the best.</param>
/// <param name="Memory">Which memory the driver fills.</param>
internal sealed record CaptureAddress(
    string Text, string Name, int Width, int Height, double FramesPerSecond, uint FourCC, MemoryChoice Memory)
{
    private const int LargestSide = 16384;

    /// <summary>Reads <c>camera:[NAME][?size=WxH&amp;fps=N&amp;format=CODE&amp;memory=TYPE]</c>.</summary>
    /// <exception cref="CamfxException">A key or value that cannot be.</exception>
    public static CaptureAddress Parse(SourceUri uri)
    {
        uri.AllowKeys("size", "fps", "format", "memory");
        string name = Uri.UnescapeDataString(uri.Path);
        if (name.Any(char.IsControl)) throw CamfxException.Usage("The source 'camera:' cannot name a camera with a control character in it; leave it out.");
        (int width, int height) = Size(uri);
        return new CaptureAddress(uri.Text, name, width, height, Rate(uri), Format(uri), MemoryOf(uri));
    }

    private static (int Width, int Height) Size(SourceUri uri)
    {
        if (uri.Value("size") is not { } text) return (0, 0);
        string[] parts = text.Split('x', 'X');
        if (parts.Length == 2 && Side(parts[0], out int width) && Side(parts[1], out int height)) return (width, height);
        throw CamfxException.Usage($"The source '{uri.Text}' cannot take size={text}; it takes WIDTHxHEIGHT, for example size=1920x1080.");
    }

    private static bool Side(string text, out int pixels) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pixels) && pixels is > 0 and <= LargestSide;

    private static double Rate(SourceUri uri)
    {
        if (uri.Value("fps") is not { } text) return 0;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= 1000
            ? rate
            : throw CamfxException.Usage($"The source '{uri.Text}' cannot take fps={text}; it takes a number above 0, for example fps=30.");
    }

    private static uint Format(SourceUri uri)
    {
        if (uri.Value("format") is not { } text) return 0;
        if (PixelFormatInfo.FromName(text) is PixelFormat format and not PixelFormat.Unknown) return PixelFormatInfo.Of(format).FourCC;
        return text.Length == 4 && text.All(char.IsAscii)
            ? Frames.FourCC.Pack(text.ToUpperInvariant())
            : throw CamfxException.Usage(
                $"The source '{uri.Text}' cannot take format={text}; it takes V4L2's code of four letters, for example format=YUYV or format=MJPG.");
    }

    private static MemoryChoice MemoryOf(SourceUri uri)
    {
        if (uri.Value("memory") is not { } text || text == "auto") return MemoryChoice.Auto;
        return MemoryChoice.TryParse($"force:{text}", out MemoryChoice choice)
            ? choice
            : throw CamfxException.Usage($"The source '{uri.Text}' cannot take memory={text}; it takes auto, mmap, userptr, dmabuf or read.");
    }
}
