using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Neighbours;

public sealed class NeighbourTests
{
    private const int Width = 83, Height = 21;
    private static readonly double[] s_binomial = [1, 4, 6, 4, 1];

    [Fact]
    public void Sharpening_is_within_a_code_of_the_same_in_real_numbers()
    {
        Picture source = Picture.Noisy(PixelFormat.I420, Width, Height), result = Picture.Noisy(PixelFormat.I420, Width, Height);
        new Sharpener(Width, 0.75, 4).Apply(result.View);
        ForEach((x, y) =>
        {
            double over = source[0, x, y] - Blurred(source, x, y), counts = Math.Sign(over) * Math.Max(Math.Abs(over) - 4, 0);
            Assert.Equal(Math.Clamp(source[0, x, y] + 0.75 * counts, 0, 255), result[0, x, y], 1.0);
        });
    }

    [Fact]
    public void Edges_are_those_of_Sobel()
    {
        Picture source = Picture.Noisy(PixelFormat.I420, Width, Height), result = Picture.Noisy(PixelFormat.I420, Width, Height);
        new EdgeDrawing(Width, 1, dark: false).Apply(result.View);
        ForEach((x, y) =>
        {
            int across = 0, down = 0;
            for (int i = -1; i <= 1; i++)
            {
                across += (2 - Math.Abs(i)) * (At(source, x + 1, y + i) - At(source, x - 1, y + i));
                down += (2 - Math.Abs(i)) * (At(source, x + i, y + 1) - At(source, x + i, y - 1));
            }

            Assert.Equal(16 + Math.Min((Math.Abs(across) + Math.Abs(down)) / 2, 219), result[0, x, y]);
        });
    }

    [Fact]
    public void A_relief_rises_from_above_left()
    {
        Picture source = Picture.Noisy(PixelFormat.I420, Width, Height), result = Picture.Noisy(PixelFormat.I420, Width, Height);
        new Embossing(Width, 0.5).Apply(result.View);
        ForEach((x, y) =>
        {
            int rise = At(source, x - 1, y - 1) + At(source, x - 1, y) - At(source, x + 1, y) - At(source, x + 1, y + 1);
            Assert.Equal(Math.Clamp(126 + 0.5 * rise, 0, 255), result[0, x, y], 0.5);
        });
    }

    [Fact]
    public void Squares_have_the_mean_of_what_was_there()
    {
        Picture source = Picture.Noisy(PixelFormat.I420, Width, Height), result = Picture.Noisy(PixelFormat.I420, Width, Height);
        new Pixelation(10).Apply(result.View);
        ForEach((x, y) =>
        {
            int sum = 0, count = 0;
            for (int row = y / 10 * 10; row < Math.Min(y / 10 * 10 + 10, Height); row++)
            {
                for (int column = x / 10 * 10; column < Math.Min(x / 10 * 10 + 10, Width); column++, count++) sum += source[0, column, row];
            }

            Assert.Equal((double)sum / count, result[0, x, y], 0.5);
        });
    }

    [Theory]
    [InlineData(40)]
    [InlineData(126)]
    [InlineData(200)]
    public void A_screen_of_dots_is_as_light_as_what_it_prints(byte luma)
    {
        Picture picture = Picture.Filled(PixelFormat.I420, 160, 160, luma);
        new DotScreen(160, 8).Apply(picture.View);
        byte[] dots = [.. picture.ToArray().Take(160 * 160)];
        Assert.Equal(luma, dots.Average(static code => code), 4.0);
        Assert.True(dots.Count(static code => code is 16 or 235) > dots.Length / 2);
    }

    [Fact]
    public void A_cartoon_of_a_flat_picture_is_its_tone_and_of_an_edge_is_ink()
    {
        byte[] tones = new byte[256], ink = new byte[256];
        tones.AsSpan().Fill(200);
        ink.AsSpan(100).Fill(150);
        Picture picture = Picture.Filled(PixelFormat.I420, 64, 16, 50);
        for (int y = 0; y < 16; y++) picture.Fill(y, 32, 64, 220);
        new CartoonDrawing(64, tones, ink).Apply(picture.View);
        Assert.Equal(200, picture[0, 5, 5]);
        Assert.Equal(50, picture[0, 32, 5]);
    }

    private static double Blurred(Picture source, int x, int y)
    {
        double sum = 0;
        for (int i = -2; i <= 2; i++)
            for (int j = -2; j <= 2; j++) sum += s_binomial[i + 2] * s_binomial[j + 2] * At(source, x + i, y + j);
        return sum / 256;
    }

    private static int At(Picture source, int x, int y) => source[0, Math.Clamp(x, 0, Width - 1), Math.Clamp(y, 0, Height - 1)];

    private static void ForEach(Action<int, int> check)
    {
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++) check(x, y);
    }
}
