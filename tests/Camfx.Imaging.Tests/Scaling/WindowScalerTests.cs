using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Scaling;

public sealed unsafe class WindowScalerTests
{
    [Theory]
    [InlineData(64, 36)]
    [InlineData(37, 5)]
    public void The_whole_picture_is_a_copy(int width, int height)
    {
        Picture source = Picture.Noisy(PixelFormat.I420, width, height), target = new(PixelFormat.I420, width, height);
        new WindowScaler(width, height).Scale(source.View, 0, 0, width, height, target.View);
        Assert.Equal(source.ToArray(), target.ToArray());
    }

    [Theory]
    [InlineData(0, 0, 40, 22.5)]
    [InlineData(10.3, 4.7, 40, 22.5)]
    [InlineData(24, 13.5, 40, 22.5)]
    [InlineData(31.99, 17.99, 8, 4.5)]
    public void It_stays_within_one_of_the_real_value(double x, double y, double width, double height)
    {
        Picture source = Picture.Noisy(PixelFormat.I420, 64, 36), target = new(PixelFormat.I420, 64, 36);
        new WindowScaler(64, 36).Scale(source.View, x, y, width, height, target.View);
        for (int plane = 0; plane < 3; plane++)
        {
            int across = plane == 0 ? 64 : 32, down = plane == 0 ? 36 : 18;
            double part = plane == 0 ? 1 : 0.5;
            for (int row = 0; row < down; row++)
            {
                for (int column = 0; column < across; column++)
                {
                    double atX = x * part + (column + 0.5) * width / 64 - 0.5, atY = y * part + (row + 0.5) * height / 36 - 0.5;
                    Assert.Equal(Real(source, plane, atX, atY, across, down), target[plane, column, row], 1.0);
                }
            }
        }
    }

    [Fact]
    public void A_hundredth_of_a_pixel_can_be_seen()
    {
        Picture source = new(PixelFormat.I420, 64, 4), target = new(PixelFormat.I420, 64, 4);
        for (int row = 0; row < 4; row++)
            for (int column = 0; column < 64; column++) source.View.Row(0, row)[column] = column < 32 ? (byte)0 : (byte)200;
        WindowScaler scaler = new(64, 4);
        int[] seen = [.. Enumerable.Range(0, 10).Select(step =>
        {
            scaler.Scale(source.View, 16 + step / 100.0, 0, 32, 2, target.View);
            return (int)target[0, 31, 1];
        })];
        for (int i = 1; i < seen.Length; i++) Assert.InRange(seen[i] - seen[i - 1], 1, 3);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Picture source = new(PixelFormat.I420, 64, 36), target = new(PixelFormat.I420, 64, 36), other = new(PixelFormat.I420, 32, 36);
        WindowScaler scaler = new(64, 36);
        Assert.Throws<ArgumentException>(() => scaler.Scale(source.View, 0, 0, 65, 36, target.View));
        Assert.Throws<ArgumentException>(() => scaler.Scale(source.View, 0, 0, 0, 36, target.View));
        Assert.Throws<ArgumentException>(() => scaler.Scale(source.View, 0, 0, 64, double.NaN, target.View));
        Assert.Throws<ArgumentException>(() => scaler.Scale(other.View, 0, 0, 32, 36, other.View));
    }

    private static double Real(Picture source, int plane, double x, double y, int width, int height)
    {
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        int left = Math.Min((int)x, width - 2), top = Math.Min((int)y, height - 2);
        double partX = x - left, partY = y - top;
        return (source[plane, left, top] * (1 - partX) + source[plane, left + 1, top] * partX) * (1 - partY)
            + (source[plane, left, top + 1] * (1 - partX) + source[plane, left + 1, top + 1] * partX) * partY;
    }
}
