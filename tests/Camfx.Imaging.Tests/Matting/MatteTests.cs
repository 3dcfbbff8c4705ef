using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Matting;

public sealed unsafe class MatteTests
{
    [Fact]
    public void Everything_is_in_front_at_first()
    {
        Picture behind = Picture.Filled(PixelFormat.I420, 9, 7, 200), frame = Picture.Filled(PixelFormat.I420, 9, 7, 50);
        new Matte(9, 7).PutBehind(behind.View, frame.View);
        Assert.All(frame.ToArray(), value => Assert.Equal(50, value));
    }

    [Fact]
    public void Each_share_mixes_exactly()
    {
        Matte matte = new(256, 2);
        for (int y = 0; y < 2; y++)
            for (int x = 0; x < 256; x++) matte.Luma.Row(0, y)[x] = (byte)x;
        matte.Update();
        foreach ((byte front, byte back) in ((byte, byte)[])[(255, 0), (0, 255), (16, 235), (200, 100), (100, 101)])
        {
            Picture behind = Picture.Filled(PixelFormat.I420, 256, 2, back), frame = Picture.Filled(PixelFormat.I420, 256, 2, front);
            matte.PutBehind(behind.View, frame.View);
            for (int x = 0; x < 256; x++)
                Assert.Equal((byte)Math.Floor((front * x + back * (255 - x)) / 255.0 + 0.5), frame[0, x, 0]);
        }
    }

    [Theory]
    [InlineData(6, 4)]
    [InlineData(7, 5)]
    [InlineData(1, 1)]
    public void Chroma_has_the_mean_of_its_pixels(int width, int height)
    {
        Matte matte = new(width, height);
        var random = new Random(3);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) matte.Luma.Row(0, y)[x] = (byte)random.Next(256);
        matte.Update();
        Picture behind = Picture.Filled(PixelFormat.I420, width, height, 0), frame = Picture.Filled(PixelFormat.I420, width, height, 255);
        matte.PutBehind(behind.View, frame.View);
        for (int y = 0; y < (height + 1) / 2; y++)
        {
            for (int x = 0; x < (width + 1) / 2; x++)
            {
                int right = Math.Min(2 * x + 1, width - 1), lower = Math.Min(2 * y + 1, height - 1);
                double mean = (matte.Luma.Row(0, 2 * y)[2 * x] + matte.Luma.Row(0, 2 * y)[right]
                    + matte.Luma.Row(0, lower)[2 * x] + matte.Luma.Row(0, lower)[right]) / 4.0;
                Assert.Equal(mean, frame[1, x, y], 0.5);
            }
        }
    }

    [Fact]
    public void Another_size_is_refused() => Assert.Throws<ArgumentException>(
        () => new Matte(64, 64).PutBehind(Picture.Filled(PixelFormat.I420, 64, 62, 0).View, Picture.Filled(PixelFormat.I420, 64, 62, 0).View));
}
