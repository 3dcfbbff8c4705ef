using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Color;

public sealed class ColorTransformTests
{
    private static readonly double[] s_rows = [0.9, 0.2, -0.1, 0.02, 0.1, 0.8, 0.1, 0, 0, -0.1, 1.2, -0.03];

    [Theory]
    [InlineData(ColorMatrix.Bt601)]
    [InlineData(ColorMatrix.Bt709)]
    public void A_change_of_colours_is_within_a_code_of_the_same_in_real_numbers(ColorMatrix matrix)
    {
        ColorTransform transform = new(ColorRange.Limited);
        transform.Set(s_rows);
        for (int red = 0; red <= 255; red += 51)
        {
            for (int green = 0; green <= 255; green += 51)
            {
                for (int blue = 0; blue <= 255; blue += 51)
                {
                    (double y, double u, double v) = RealColor.ToYuv(matrix, ColorRange.Limited, red, green, blue);
                    Picture picture = Flat(matrix, (byte)Math.Round(y), (byte)Math.Round(u), (byte)Math.Round(v));
                    (double r, double g, double b) = RealColor.ToRgb(matrix, ColorRange.Limited, Math.Round(y), Math.Round(u), Math.Round(v));
                    (double wantedY, double wantedU, double wantedV) = RealColor.ToYuv(
                        matrix, ColorRange.Limited, Row(0, r, g, b), Row(4, r, g, b), Row(8, r, g, b));
                    transform.Apply(picture.View);
                    Assert.Equal(Math.Clamp(wantedY, 0, 255), picture[0, 0, 0], 1.0);
                    Assert.Equal(Math.Clamp(wantedU, 0, 255), picture[1, 0, 0], 1.0);
                    Assert.Equal(Math.Clamp(wantedV, 0, 255), picture[2, 0, 0], 1.0);
                }
            }
        }
    }

    [Fact]
    public void The_one_that_changes_nothing_changes_no_byte()
    {
        Picture picture = Picture.Noisy(PixelFormat.I420, 65, 7);
        byte[] before = picture.ToArray();
        new ColorTransform(ColorRange.Limited).Apply(picture.View);
        Assert.Equal(before, picture.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(-90)]
    [InlineData(180)]
    public void A_turn_of_hue_is_within_a_code_of_the_turn_in_real_numbers(int degrees)
    {
        HueRotation rotation = new(degrees, 1.3);
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        for (int u = 16; u <= 240; u += 16)
        {
            for (int v = 16; v <= 240; v += 16)
            {
                Picture picture = Flat(ColorMatrix.Bt601, 90, (byte)u, (byte)v);
                rotation.Apply(picture.View);
                Assert.Equal(90, picture[0, 0, 0]);
                Assert.Equal(Math.Clamp(128 + 1.3 * (cosine * (u - 128) - sine * (v - 128)), 0, 255), picture[1, 0, 0], 1.0);
                Assert.Equal(Math.Clamp(128 + 1.3 * (sine * (u - 128) + cosine * (v - 128)), 0, 255), picture[2, 0, 0], 1.0);
            }
        }
    }

    private static double Row(int at, double red, double green, double blue) =>
        s_rows[at] * red + s_rows[at + 1] * green + s_rows[at + 2] * blue + s_rows[at + 3] * 255;

    private static Picture Flat(ColorMatrix matrix, byte y, byte u, byte v) =>
        new Picture(PixelFormat.I420, 2, 2, matrix).Set(y, y, y, y, u, v);
}
