using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Scaling;

public sealed class ScalerTests
{
    [Theory]
    [InlineData(3, 5, 64, 48)]
    [InlineData(1920, 16, 640, 9)]
    [InlineData(100, 100, 1, 1)]
    [InlineData(1, 1, 100, 100)]
    [InlineData(641, 33, 640, 32)]
    public void A_flat_picture_stays_flat(int width, int height, int targetWidth, int targetHeight)
    {
        foreach (PixelFormat format in new[] { PixelFormat.I420, PixelFormat.Nv12, PixelFormat.Bgra })
        {
            Picture source = new(format, width, height), target = new(format, targetWidth, targetHeight), expected = new(format, targetWidth, targetHeight);
            Fill.Solid(source.View, 255, 3, 77);
            Fill.Solid(expected.View, 255, 3, 77);
            new Scaler(width, height, targetWidth, targetHeight).Scale(source.View, target.View);
            Assert.Equal(expected.ToArray(), target.ToArray());
        }
    }

    [Fact]
    public void The_same_size_is_a_copy()
    {
        Picture source = new Picture(PixelFormat.Gray8, 4, 1).Set(1, 200, 3, 90), target = new(PixelFormat.Gray8, 4, 1);
        new Scaler(4, 1, 4, 1).Scale(source.View, target.View);
        Assert.Equal([1, 200, 3, 90], target.ToArray());
    }

    [Fact]
    public void Halving_averages_each_two_by_two()
    {
        Picture source = new Picture(PixelFormat.Gray8, 4, 2).Set(10, 20, 0, 0, 30, 40, 255, 255), target = new(PixelFormat.Gray8, 2, 1);
        new Scaler(4, 2, 2, 1).Scale(source.View, target.View);
        Assert.Equal([25, 128], target.ToArray());
    }

    [Fact]
    public void Doubling_blends_neighbours_by_quarters()
    {
        Picture source = new Picture(PixelFormat.Gray8, 2, 1).Set(0, 100), target = new(PixelFormat.Gray8, 4, 1);
        new Scaler(2, 1, 4, 1).Scale(source.View, target.View);
        Assert.Equal([0, 25, 75, 100], target.ToArray());
    }

    [Fact]
    public void Channels_do_not_mix()
    {
        Picture source = new Picture(PixelFormat.Nv12, 4, 2).Set(0, 0, 0, 0, 0, 0, 0, 0, 10, 200, 30, 220), target = new(PixelFormat.Nv12, 2, 2);
        new Scaler(4, 2, 2, 2).Scale(source.View, target.View);
        Assert.Equal((20, 210), (target[1, 0, 0], target[1, 1, 0]));
    }

    [Fact]
    public void It_stays_within_one_of_the_real_value()
    {
        const int Width = 57, TargetWidth = 83;
        Noise noise = new(3);
        byte[] pixels = [.. Enumerable.Range(0, Width).Select(_ => noise.NextByte())];
        Picture source = new Picture(PixelFormat.Gray8, Width, 1).Set(pixels), target = new(PixelFormat.Gray8, TargetWidth, 1);
        new Scaler(Width, 1, TargetWidth, 1).Scale(source.View, target.View);
        for (int x = 0; x < TargetWidth; x++)
        {
            double position = (x + 0.5) * Width / TargetWidth - 0.5;
            int left = (int)Math.Floor(position);
            double a = pixels[Math.Clamp(left, 0, Width - 1)], b = pixels[Math.Clamp(left + 1, 0, Width - 1)];
            double exact = a + (b - a) * (position - left);
            Assert.InRange(target[0, x, 0], exact - 1, exact + 1);
        }
    }

    [Fact]
    public void A_wrong_size_is_refused_in_a_sentence()
    {
        Scaler scaler = new(4, 4, 2, 2);
        Picture source = new(PixelFormat.I420, 4, 2), target = new(PixelFormat.I420, 2, 2);
        Assert.Contains("4x2", Assert.Throws<ArgumentException>(() => scaler.Scale(source.View, target.View)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Scaler(0, 1, 1, 1));
    }
}
