using System.Globalization;

namespace Camfx.Configuration;

/// <summary>Size and rate of a virtual camera. They belong to the camera: sources are fitted into them.</summary>
/// <param name="Width">Pixels, even, 16 to 7680.</param>
/// <param name="Height">Pixels, even, 16 to 4320.</param>
/// <param name="FrameRate">Frames a second.</param>
internal sealed record CameraMode(int Width, int Height, FrameRate FrameRate)
{
    public const int SmallestSide = 16, LargestWidth = 7680, LargestHeight = 4320;

    /// <summary>Reads <c>1280x720</c>.</summary>
    /// <exception cref="CamfxException">Not two numbers, odd, or out of range.</exception>
    public static (int Width, int Height) ParseSize(string text)
    {
        string[] parts = text.Split('x', 'X');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height))
        {
            throw CamfxException.Usage($"The size '{text}' is not WIDTHxHEIGHT; write for example --size 1280x720.");
        }

        if (width < SmallestSide || height < SmallestSide || width > LargestWidth || height > LargestHeight)
        {
            throw CamfxException.Usage(
                $"The size {text} is out of range; camfx makes cameras from {SmallestSide}x{SmallestSide} to {LargestWidth}x{LargestHeight}.");
        }

        if ((width | height) % 2 != 0)
        {
            throw CamfxException.Usage(
                $"The size {text} is odd, and 4:2:0 video has two pixels a chroma sample; use --size {width & ~1}x{height & ~1}.");
        }

        return (width, height);
    }
}
