using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Color;

public sealed class LightFalloffTests
{
    [Fact]
    public void Every_pixel_has_the_gain_of_the_bell()
    {
        Picture picture = Picture.Filled(PixelFormat.I420, 64, 36, 216);
        new LightFalloff(64, 36, 0.75).Apply(picture.View);
        for (int y = 0; y < 36; y++)
        {
            for (int x = 0; x < 64; x++)
            {
                double across = (x + 0.5) / 32 - 1, down = (y + 0.5) / 18 - 1, gain = Math.Exp(Math.Log(0.25) / 2 * (across * across + down * down));
                Assert.Equal(16 + 200 * gain, picture[0, x, y], 0.6);
                if ((x | y) % 2 == 0) Assert.InRange(picture[1, x / 2, y / 2], 128 + 88 * gain * 0.9, 128 + 88 * gain * 1.1);
            }
        }
    }

    [Fact]
    public void Strength_zero_changes_nothing()
    {
        Picture picture = Picture.Noisy(PixelFormat.I420, 70, 5);
        byte[] before = picture.ToArray();
        new LightFalloff(70, 5, 0).Apply(picture.View);
        Assert.Equal(before, picture.ToArray());
    }

    [Fact]
    public void Grain_has_the_deviation_asked_for_and_no_mean()
    {
        Picture picture = Picture.Filled(PixelFormat.I420, 512, 256, 120);
        new FilmGrain(10).Apply(picture.View, 3);
        double[] noise = [.. picture.ToArray().Take(512 * 256).Select(static code => code - 120.0)];
        Assert.Equal(0, noise.Average(), 0.2);
        Assert.Equal(10, Math.Sqrt(noise.Average(static value => value * value)), 0.2);
        Picture again = Picture.Filled(PixelFormat.I420, 512, 256, 120), other = Picture.Filled(PixelFormat.I420, 512, 256, 120);
        new FilmGrain(10).Apply(again.View, 3);
        new FilmGrain(10).Apply(other.View, 4);
        Assert.Equal(picture.ToArray(), again.ToArray());
        Assert.NotEqual(picture.ToArray(), other.ToArray());
    }
}
