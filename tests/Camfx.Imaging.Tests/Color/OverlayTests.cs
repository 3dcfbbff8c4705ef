using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Color;

public sealed class OverlayTests
{
    [Fact]
    public void Opaque_replaces_and_transparent_leaves_alone()
    {
        Picture frame = Grey(4, 2);
        Overlay overlay = Make(4, 2, (x, _) => x < 2 ? (255, 0, 0, 255) : (0, 255, 0, 0));
        overlay.Blend(frame.View, 0, 0);
        Assert.Equal([81, 81, 100, 100, 81, 81, 100, 100, 90, 128, 240, 128], frame.ToArray());
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.25)]
    [InlineData(0.0)]
    public void Opacity_mixes_in_proportion(double opacity)
    {
        Picture frame = Grey(2, 2);
        Make(2, 2, (_, _) => (255, 255, 255, 255)).Blend(frame.View, 0, 0, opacity);
        Assert.Equal(100 + (235 - 100) * opacity, frame[0, 0, 0], 1.0);
    }

    [Fact]
    public void Invisible_pixels_do_not_colour_their_neighbours()
    {
        // One red pixel; the three beside it are blue but invisible. The chroma laid over is red's, a quarter strong.
        Picture frame = Grey(2, 2);
        Make(2, 2, (x, y) => x + y == 0 ? (255, 0, 0, 255) : (0, 0, 255, 0)).Blend(frame.View, 0, 0);
        Assert.Equal([81, 100, 100, 100], frame.ToArray()[..4]);
        Assert.Equal(128 + (90 - 128) * 0.25, frame[1, 0, 0], 1.0);
        Assert.Equal(128 + (240 - 128) * 0.25, frame[2, 0, 0], 1.0);
    }

    [Fact]
    public void What_is_outside_the_frame_is_cut_off()
    {
        Overlay overlay = Make(6, 6, (_, _) => (255, 255, 255, 255));
        foreach ((int x, int y) in new[] { (-4, -4), (2, 2), (-100, 0), (100, 0), (0, -100), (0, 100), (int.MinValue, int.MaxValue) })
        {
            Picture frame = Grey(4, 4);
            overlay.Blend(frame.View, x, y);
            for (int row = 0; row < 4; row++)
                for (int column = 0; column < 4; column++)
                {
                    bool covered = column >= x && column < (long)x + 6 && row >= y && row < (long)y + 6;
                    Assert.Equal(covered ? 235 : 100, frame[0, column, row]);
                }
        }
    }

    [Fact]
    public void Odd_places_are_rounded_down()
    {
        Picture frame = Grey(4, 2), same = Grey(4, 2);
        Overlay overlay = Make(2, 2, (_, _) => (255, 0, 0, 255));
        overlay.Blend(frame.View, 3, 1);
        overlay.Blend(same.View, 2, 0);
        Assert.Equal(same.ToArray(), frame.ToArray());
    }

    [Fact]
    public void Wholly_invisible_changes_nothing()
    {
        Picture frame = Grey(4, 4);
        Make(4, 4, (_, _) => (1, 2, 3, 0)).Blend(frame.View, 0, 0);
        Assert.Equal(Grey(4, 4).ToArray(), frame.ToArray());
    }

    private static Picture Grey(int width, int height)
    {
        Picture picture = new(PixelFormat.I420, width, height);
        Fill.Solid(picture.View, 100, 128, 128);
        return picture;
    }

    private static Overlay Make(int width, int height, Func<int, int, (int R, int G, int B, int A)> pixel)
    {
        byte[] bytes = new byte[width * height * 4];
        for (int i = 0; i < width * height; i++)
        {
            (int r, int g, int b, int a) = pixel(i % width, i / width);
            (bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]) = ((byte)b, (byte)g, (byte)r, (byte)a);
        }

        return new Overlay(new Picture(PixelFormat.Bgra, width, height).Set(bytes).View, ColorMatrix.Bt601, ColorRange.Limited);
    }
}
