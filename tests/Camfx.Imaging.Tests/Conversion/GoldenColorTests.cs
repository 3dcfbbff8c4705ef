using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Conversion;

/// <summary>Colours everybody knows the codes of.</summary>
public sealed class GoldenColorTests
{
    [Theory]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(255, 0, 0, 81, 90, 240)]
    [InlineData(0, 255, 0, 145, 54, 34)]
    [InlineData(0, 0, 255, 41, 240, 110)]
    [InlineData(255, 255, 0, 210, 16, 146)]
    [InlineData(128, 128, 128, 126, 128, 128)]
    public void Rgb_becomes_Bt601_limited_codes(byte red, byte green, byte blue, byte y, byte u, byte v) =>
        AssertCodes(ColorMatrix.Bt601, ColorRange.Limited, red, green, blue, y, u, v);

    [Theory]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(255, 0, 0, 63, 102, 240)]
    [InlineData(0, 255, 0, 173, 42, 26)]
    [InlineData(0, 0, 255, 32, 240, 118)]
    public void Rgb_becomes_Bt709_limited_codes(byte red, byte green, byte blue, byte y, byte u, byte v) =>
        AssertCodes(ColorMatrix.Bt709, ColorRange.Limited, red, green, blue, y, u, v);

    [Theory]
    [InlineData(255, 255, 255, 255, 128, 128)]
    [InlineData(0, 0, 0, 0, 128, 128)]
    [InlineData(255, 0, 0, 76, 85, 255)]
    [InlineData(0, 0, 255, 29, 255, 107)]
    public void Rgb_becomes_Jpeg_codes(byte red, byte green, byte blue, byte y, byte u, byte v) =>
        AssertCodes(ColorMatrix.Bt601, ColorRange.Full, red, green, blue, y, u, v);

    [Theory]
    [InlineData(82, 90, 240, 255, 0, 0)]
    [InlineData(145, 54, 34, 0, 255, 0)]
    [InlineData(41, 240, 110, 0, 0, 255)]
    [InlineData(235, 128, 128, 255, 255, 255)]
    [InlineData(16, 128, 128, 0, 0, 0)]
    [InlineData(255, 128, 128, 255, 255, 255)]
    [InlineData(0, 128, 128, 0, 0, 0)]
    public void The_counters_colours_become_Rgb(byte y, byte u, byte v, int red, int green, int blue)
    {
        Picture rgb = new Picture(PixelFormat.I420, 1, 1).Set(y, u, v).To(PixelFormat.Rgb24);
        Assert.InRange(rgb[0, 0, 0], red - 1, red + 1);
        Assert.InRange(rgb[0, 1, 0], green - 1, green + 1);
        Assert.InRange(rgb[0, 2, 0], blue - 1, blue + 1);
    }

    [Theory]
    [InlineData(PixelFormat.Bgra, new byte[] { 3, 2, 1, 255 })]
    [InlineData(PixelFormat.Rgba, new byte[] { 1, 2, 3, 255 })]
    [InlineData(PixelFormat.Rgb24, new byte[] { 1, 2, 3 })]
    [InlineData(PixelFormat.Bgr24, new byte[] { 3, 2, 1 })]
    public void Channels_lie_where_their_format_says(PixelFormat format, byte[] pixel)
    {
        // Full-range luma and chroma of (1, 2, 3) by way of the filler, which knows the byte orders on its own.
        Picture filled = new(format, 1, 1);
        Fill.Solid(filled.View, 1, 2, 3);
        Assert.Equal(pixel, filled.ToArray()[..pixel.Length]);

        Fill.Solid(filled.View, 200, 100, 50);
        Picture back = filled.To(PixelFormat.I420).To(format);
        for (int i = 0; i < pixel.Length; i++) Assert.InRange(back[0, i, 0], filled[0, i, 0] - 2, filled[0, i, 0] + 2);
    }

    private static void AssertCodes(ColorMatrix matrix, ColorRange range, byte red, byte green, byte blue, byte y, byte u, byte v)
    {
        Picture yuv = new Picture(PixelFormat.Rgb24, 1, 1).Set(red, green, blue).To(PixelFormat.I420, matrix, range);
        Assert.Equal([y, u, v], yuv.ToArray());
    }
}
