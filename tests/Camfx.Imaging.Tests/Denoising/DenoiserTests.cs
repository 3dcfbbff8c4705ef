using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Denoising;

public sealed class DenoiserTests
{
    private const int Width = 128, Height = 64, Deviation = 4;
    private readonly Random _random = new(11);

    [Fact]
    public void Where_nothing_moves_two_thirds_of_the_noise_go()
    {
        Denoiser denoiser = new(Width, Height, Deviation, 0.85);
        Picture picture = new(PixelFormat.I420, Width, Height);
        for (int frame = 0; frame < 20; frame++)
        {
            Draw(picture, static x => x < Width / 2 ? 60 : 180);
            denoiser.Apply(picture.View);
        }

        double error = 0;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++) error += Math.Pow(picture[0, x, y] - (x < Width / 2 ? 60 : 180), 2);
        Assert.InRange(Math.Sqrt(error / (Width * Height)), 0.1, Deviation / 3.0);
    }

    [Fact]
    public void What_moves_leaves_nothing_behind()
    {
        Denoiser denoiser = new(Width, Height, Deviation, 0.85);
        Picture picture = new(PixelFormat.I420, Width, Height);
        for (int frame = 0; frame < 20; frame++)
        {
            // A bar that goes four columns a frame.
            int bar = 4 * frame;
            Draw(picture, x => x >= bar && x < bar + 16 ? 200 : 80);
            denoiser.Apply(picture.View);
            double behind = 0, within = 0;
            for (int y = 0; y < Height; y++)
            {
                for (int x = Math.Max(bar - 6, 0); x < bar - 2; x++) behind += (picture[0, x, y] - 80) / (4.0 * Height);
                for (int x = bar + 3; x < bar + 13; x++) within += picture[0, x, y] / (10.0 * Height);
            }

            Assert.InRange(behind, -2, 2);
            Assert.InRange(within, 198, 202);
        }
    }

    [Fact]
    public void A_picture_without_noise_stays_as_it_is()
    {
        Denoiser denoiser = new(Width, Height, 0, 0.85);
        Picture picture = Picture.Noisy(PixelFormat.I420, Width, Height);
        byte[] before = picture.ToArray();
        for (int frame = 0; frame < 3; frame++) denoiser.Apply(picture.View);
        Assert.Equal(before, picture.ToArray());
    }

    private void Draw(Picture picture, Func<int, int> luma)
    {
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double noise = Deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
                picture.Fill(y, x, x + 1, (byte)Math.Round(luma(x) + noise));
            }
        }
    }
}
