using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Blurring;

public sealed unsafe class GaussianBlurTests
{
    [Theory]
    [InlineData(4, 38)]
    [InlineData(8, 48)]
    [InlineData(9.9, 45)]
    [InlineData(10, 47)]
    [InlineData(20, 50)]
    [InlineData(32, 52)]
    public void Noise_is_blurred_as_by_the_exact_gaussian(double sigma, double decibels)
    {
        Picture picture = Picture.Noisy(PixelFormat.I420, 317, 183);
        double[][] exact = [.. Enumerable.Range(0, 3).Select(plane => Exact(picture.View, plane, plane == 0 ? sigma : sigma / 2))];
        new GaussianBlur(317, 183, sigma).Apply(picture.View);
        for (int plane = 0; plane < 3; plane++)
        {
            double psnr = SignalToNoise(picture.View, plane, exact[plane]);
            Assert.True(psnr >= decibels, $"Plane {plane}: {psnr:0.0} dB.");
        }
    }

    [Fact]
    public void A_flat_picture_stays_what_it_is()
    {
        foreach (byte level in (ReadOnlySpan<byte>)[0, 1, 16, 127, 235, 254, 255])
        {
            Picture picture = Picture.Filled(PixelFormat.I420, 37, 21, level);
            new GaussianBlur(37, 21, 8).Apply(picture.View);
            Assert.All(picture.ToArray(), value => Assert.Equal(level, value));
        }
    }

    [Fact]
    public void A_hard_edge_neither_overshoots_nor_moves()
    {
        Picture picture = new(PixelFormat.I420, 400, 40);
        for (int y = 0; y < 40; y++) new Span<byte>(picture.View.Row(0, y) + 200, 200).Fill(255);
        new GaussianBlur(400, 40, 8).Apply(picture.View);
        for (int x = 1; x < 400; x++) Assert.True(picture[0, x, 20] >= picture[0, x - 1, 20], $"It falls at {x}.");
        Assert.Equal((0, 255), (picture[0, 150, 20], picture[0, 250, 20]));
        Assert.Equal(255, picture[0, 199, 20] + picture[0, 200, 20], 1.0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    [InlineData(3, 400)]
    public void Small_pictures_have_edges_too(int width, int height)
    {
        Picture picture = Picture.Noisy(PixelFormat.I420, width, height);
        double[] exact = Exact(picture.View, 0, 8);
        new GaussianBlur(width, height, 8).Apply(picture.View);
        Assert.True(SignalToNoise(picture.View, 0, exact) > 25);
    }

    [Fact]
    public void What_is_in_front_is_not_touched_and_what_is_behind_is_the_blurred_picture()
    {
        Picture picture = Picture.Noisy(PixelFormat.I420, 160, 90), before = Picture.Noisy(PixelFormat.I420, 160, 90), blurred = Picture.Noisy(PixelFormat.I420, 160, 90);
        var matte = new Matte(160, 90);
        for (int y = 0; y < 90; y++)
            for (int x = 0; x < 160; x++) matte.Luma.Row(0, y)[x] = (byte)(y < 10 ? 255 : y >= 80 ? 0 : x < 80 ? 255 : 0);
        matte.Update();
        GaussianBlur blur = new(160, 90, 8);
        blur.Apply(blurred.View);
        blur.Apply(picture.View, matte);
        for (int plane = 0; plane < 3; plane++)
        {
            int shift = plane == 0 ? 0 : 1;
            for (int y = 0; y < 90 >> shift; y++)
                for (int x = 0; x < 160 >> shift; x++)
                    Assert.Equal((y << shift < 10 || (y << shift < 80 && x << shift < 80) ? before : blurred)[plane, x, y], picture[plane, x, y]);
        }
    }

    [Theory]
    [InlineData(3.9)]
    [InlineData(32.1)]
    [InlineData(double.NaN)]
    public void A_deviation_out_of_range_is_refused(double sigma) => Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianBlur(64, 64, sigma));

    [Fact]
    public void Another_size_or_format_is_refused()
    {
        GaussianBlur blur = new(64, 64, 8);
        Assert.Throws<ArgumentException>(() => blur.Apply(new Picture(PixelFormat.I420, 64, 62).View));
        Assert.Throws<ArgumentException>(() => blur.Apply(new Picture(PixelFormat.Nv12, 64, 64).View));
        Assert.Throws<ArgumentException>(() => blur.Apply(new Picture(PixelFormat.I420, 64, 64).View, new Matte(64, 32)));
    }

    /// <summary>The definition: a separable Gaussian of four deviations each way over the mirrored picture, in floating point.</summary>
    private static double[] Exact(in FrameView view, int plane, double sigma)
    {
        int width = plane == 0 ? view.Width : (view.Width + 1) / 2, height = plane == 0 ? view.Height : (view.Height + 1) / 2;
        double[] picture = new double[width * height];
        for (int i = 0; i < picture.Length; i++) picture[i] = view.Row(plane, i / width)[i % width];
        picture = Pass(picture, sigma, height, i => i / width, (i, y) => y * width + i % width);
        return Pass(picture, sigma, width, i => i % width, (i, x) => i / width * width + x);
    }

    private static double[] Pass(double[] source, double sigma, int length, Func<int, int> place, Func<int, int, int> at)
    {
        int radius = (int)Math.Ceiling(4 * sigma), period = 2 * length;
        double[] weights = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(tap => Math.Exp(-tap * tap / (2 * sigma * sigma)))];
        double[] target = new double[source.Length];
        double total = weights.Sum();
        for (int i = 0; i < source.Length; i++)
        {
            double sum = 0;
            for (int tap = -radius; tap <= radius; tap++)
            {
                int inside = ((place(i) + tap) % period + period) % period;
                sum += weights[tap + radius] * source[at(i, inside < length ? inside : period - 1 - inside)];
            }

            target[i] = sum / total;
        }

        return target;
    }

    private static double SignalToNoise(in FrameView view, int plane, double[] exact)
    {
        int width = plane == 0 ? view.Width : (view.Width + 1) / 2;
        double sum = 0;
        for (int i = 0; i < exact.Length; i++) sum += Math.Pow(view.Row(plane, i / width)[i % width] - exact[i], 2);
        return 10 * Math.Log10(255 * 255 / Math.Max(sum / exact.Length, 1e-9));
    }
}
