using Camfx.Frames;

namespace Camfx.Cairo.Tests;

public unsafe class PictureScalerTests
{
    [Theory]
    [InlineData(100, 50, 33, 77)]
    [InlineData(7, 5, 700, 3)]
    [InlineData(1, 1, 64, 64)]
    [InlineData(1000, 1000, 1, 1)]
    public void One_colour_stays_that_colour_to_the_very_edge(int width, int height, int newWidth, int newHeight)
    {
        using FrameBuffer picture = Picture(width, height, (_, _) => new Color(200, 100, 50, 255));
        using FrameBuffer scaled = PictureScaler.Scale(picture.View, newWidth, newHeight);
        Assert.Equal((newWidth, newHeight), (scaled.Layout.Width, scaled.Layout.Height));
        Assert.All(Pixels.All(scaled), color =>
        {
            Assert.InRange(color.Red, 199, 201);
            Assert.InRange(color.Green, 99, 101);
            Assert.InRange(color.Blue, 49, 51);
            Assert.InRange(color.Alpha, 254, 255);
        });
    }

    [Fact]
    public void The_same_size_is_the_same_picture()
    {
        using FrameBuffer picture = Picture(40, 30, (x, y) => new Color((byte)(x * 6), (byte)(y * 8), (byte)(x * y), 255));
        using FrameBuffer scaled = PictureScaler.Scale(picture.View, 40, 30);
        Assert.True(Pixels.IsSame(picture, scaled));
    }

    [Fact]
    public void Smaller_is_the_average()
    {
        using FrameBuffer picture = Picture(64, 64, (x, y) => (x + y) % 2 == 0 ? Color.White : Color.Black);
        using FrameBuffer scaled = PictureScaler.Scale(picture.View, 8, 8);
        Assert.InRange(Pixels.At(scaled, 4, 4).Red, 120, 136);
    }

    [Fact]
    public void What_cannot_be_seen_does_not_colour_the_edges()
    {
        using FrameBuffer picture = Picture(64, 64, (x, _) => x < 32 ? Color.White : new Color(255, 0, 0, 0));
        using FrameBuffer scaled = PictureScaler.Scale(picture.View, 21, 21);
        Assert.All(Pixels.All(scaled).Where(color => color.Alpha > 16), color => Assert.InRange(color.Green, 240, 255));
        Assert.Contains(Pixels.All(scaled), color => color.Alpha is > 16 and < 240);
    }

    [Fact]
    public void Other_formats_are_refused()
    {
        using FrameBuffer picture = new(FrameLayout.Packed(PixelFormat.I420, 16, 16), ColorMatrix.Bt601, ColorRange.Limited);
        Assert.Throws<ArgumentException>(() => PictureScaler.Scale(picture.View, 8, 8));
    }

    private static FrameBuffer Picture(int width, int height, Func<int, int, Color> color)
    {
        FrameBuffer picture = new(FrameLayout.Packed(PixelFormat.Bgra, width, height), ColorMatrix.Bt709, ColorRange.Full);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Color value = color(x, y);
                byte* pixel = picture.View.Row(0, y) + 4 * x;
                (pixel[0], pixel[1], pixel[2], pixel[3]) = (value.Blue, value.Green, value.Red, value.Alpha);
            }
        }

        return picture;
    }
}
