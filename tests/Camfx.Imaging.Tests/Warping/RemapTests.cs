using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Warping;

public sealed class RemapTests
{
    private const int Width = 94, Height = 38;

    [Fact]
    public void What_comes_from_where_it_goes_is_the_same() =>
        Assert.Equal(Picture.Noisy(PixelFormat.I420, Width, Height).ToArray(), Warp(new Affine(1, 0, 0, 0, 1, 0), black: false).ToArray());

    [Fact]
    public void A_shift_by_whole_samples_moves_samples()
    {
        Picture source = Picture.Noisy(PixelFormat.I420, Width, Height), result = Warp(new Affine(1, 0, 4, 0, 1, -2), black: true);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++) Assert.Equal(x + 4 < Width && y >= 2 ? source[0, x + 4, y - 2] : 16, result[0, x, y]);
        for (int y = 0; y < Height / 2; y++)
            for (int x = 0; x < Width / 2; x++) Assert.Equal(x + 2 < Width / 2 && y >= 1 ? source[2, x + 2, y - 1] : 128, result[2, x, y]);
    }

    [Fact]
    public void Places_between_samples_are_within_two_codes_of_real_numbers()
    {
        Affine turn = new(0.93, 0.21, 2.3, -0.17, 1.04, 1.9);
        Picture source = Picture.Noisy(PixelFormat.I420, Width, Height), result = Warp(turn, black: false);
        double worst = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                turn.Map(x, y, out double fromX, out double fromY);
                worst = Math.Max(worst, Math.Abs(Bilinear(source, fromX, fromY) - result[0, x, y]));
            }
        }

        Assert.InRange(worst, 0, 4);
    }

    [Fact]
    public void Chroma_goes_with_its_pixels()
    {
        // Luma is the column, U half of it: whatever is done, they go on belonging together.
        Picture source = new(PixelFormat.I420, Width, Height), result = new(PixelFormat.I420, Width, Height);
        source.Paint((plane, x, _) => (byte)(plane == 0 ? 2 * x : plane == 1 ? 2 * x + 1 : 90));
        Remap remap = new(Width, Height, black: false);
        remap.Set(new Affine(0.7, 0, 11.3, 0, 0.7, 3));
        remap.Apply(source.View, result.View);
        for (int x = 4; x < Width / 2 - 4; x++) Assert.Equal((result[0, 2 * x, 9] + result[0, 2 * x + 1, 9]) / 2.0 / 2, result[1, x, 4] / 1.0, 1.6);
    }

    private static Picture Warp(Affine affine, bool black)
    {
        Picture source = Picture.Noisy(PixelFormat.I420, Width, Height), target = new(PixelFormat.I420, Width, Height);
        Remap remap = new(Width, Height, black);
        remap.Set(affine);
        remap.Apply(source.View, target.View);
        return target;
    }

    private static double Bilinear(Picture source, double x, double y)
    {
        (x, y) = (Math.Clamp(x, 0, Width - 1), Math.Clamp(y, 0, Height - 1));
        int column = Math.Min((int)x, Width - 2), line = Math.Min((int)y, Height - 2);
        double across = x - column, down = y - line;
        return (source[0, column, line] * (1 - across) + source[0, column + 1, line] * across) * (1 - down)
            + (source[0, column, line + 1] * (1 - across) + source[0, column + 1, line + 1] * across) * down;
    }

    private readonly struct Affine(double xx, double xy, double x0, double yx, double yy, double y0) : IMapping
    {
        public void Map(double x, double y, out double fromX, out double fromY)
        {
            fromX = xx * x + xy * y + x0;
            fromY = yx * x + yy * y + y0;
        }
    }
}
