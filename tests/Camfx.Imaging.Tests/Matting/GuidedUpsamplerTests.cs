using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Matting;

public sealed unsafe class GuidedUpsamplerTests
{
    private const int Width = 960, Height = 540, MaskWidth = 96, MaskHeight = 54;

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(77)]
    public void A_flat_mask_gives_a_flat_matte(byte level)
    {
        Matte matte = new(Width, Height);
        new GuidedUpsampler(256, 144, Width, Height).Apply(
            Picture.Filled(PixelFormat.Gray8, 256, 144, level).View, Picture.Noisy(PixelFormat.I420, Width, Height).View, matte);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++) Assert.Equal(level, matte.Luma.Row(0, y)[x]);
    }

    [Fact]
    public void The_mattes_edge_is_the_pictures_edge()
    {
        Picture picture = Scene(noise: 3), mask = Mask();
        Matte matte = new(Width, Height), stretched = new(Width, Height);
        new GuidedUpsampler(MaskWidth, MaskHeight, Width, Height).Apply(mask.View, picture.View, matte);
        new Scaler(MaskWidth, MaskHeight, Width, Height).Scale(mask.View, stretched.Luma);
        double near = NearEdge(matte), without = NearEdge(stretched);
        Assert.True(near >= 0.95, $"Within 2 pixels: {near:0.000} of the edge.");
        Assert.True(without < 0.8, $"Already {without:0.000} without a guide; this picture says nothing.");
    }

    [Fact]
    public void A_picture_without_an_edge_leaves_the_mask_as_it_is()
    {
        Matte matte = new(Width, Height), stretched = new(Width, Height);
        Picture mask = Mask();
        new GuidedUpsampler(MaskWidth, MaskHeight, Width, Height).Apply(mask.View, Picture.Filled(PixelFormat.I420, Width, Height, 100).View, matte);
        new Scaler(MaskWidth, MaskHeight, Width, Height).Scale(mask.View, stretched.Luma);
        int wrong = 0;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++) wrong += matte.Luma.Row(0, y)[x] >= 128 == stretched.Luma.Row(0, y)[x] >= 128 ? 0 : 1;
        Assert.True(wrong < Width * Height / 500, $"{wrong} pixels changed sides.");
    }

    [Fact]
    public void Another_size_is_refused()
    {
        GuidedUpsampler upsampler = new(16, 9, 64, 36);
        Picture mask = Picture.Filled(PixelFormat.Gray8, 16, 9, 0), other = Picture.Filled(PixelFormat.I420, 64, 40, 0);
        Assert.Throws<ArgumentException>(() => upsampler.Apply(mask.View, other.View, new Matte(64, 36)));
        Assert.Throws<ArgumentException>(() => upsampler.Apply(mask.View, other.View, new Matte(64, 40)));
    }

    /// <summary>Whether somebody with a wavy outline is here.</summary>
    private static bool IsInside(double x, double y)
    {
        double angle = Math.Atan2(y - 320, x - 480), outline = 1 + 0.1 * Math.Sin(5 * angle) + 0.04 * Math.Sin(17 * angle);
        return Math.Sqrt(Math.Pow((x - 480) / 200, 2) + Math.Pow((y - 320) / 250, 2)) < outline;
    }

    private static Picture Scene(int noise)
    {
        Picture picture = new(PixelFormat.I420, Width, Height);
        var random = new Random(5);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double luma = IsInside(x, y) ? 170 + 20 * Math.Sin(x / 15.0) : 90 + 30 * Math.Sin(x / 60.0 + y / 40.0);
                picture.View.Row(0, y)[x] = (byte)(luma + random.Next(-noise, noise + 1));
            }
        }

        return picture;
    }

    /// <summary>What an analysis would say: a mask that is right and coarse.</summary>
    private static Picture Mask()
    {
        Picture mask = new(PixelFormat.Gray8, MaskWidth, MaskHeight);
        for (int y = 0; y < MaskHeight; y++)
            for (int x = 0; x < MaskWidth; x++) mask.View.Row(0, y)[x] = IsInside((x + 0.5) * Width / MaskWidth, (y + 0.5) * Height / MaskHeight) ? (byte)255 : (byte)0;
        return mask;
    }

    /// <summary>The share of the matte's edge pixels that have an edge of the outline within two pixels.</summary>
    private static double NearEdge(Matte matte)
    {
        int edges = 0, near = 0;
        for (int y = 3; y < Height - 3; y++)
        {
            for (int x = 3; x < Width - 3; x++)
            {
                bool inside = matte.Luma.Row(0, y)[x] >= 128;
                if (inside == matte.Luma.Row(0, y)[x - 1] >= 128 && inside == matte.Luma.Row(0, y - 1)[x] >= 128) continue;
                edges++;
                if (HasEdge(x, y)) near++;
            }
        }

        return (double)near / edges;
    }

    private static bool HasEdge(int x, int y)
    {
        bool inside = IsInside(x - 2, y - 2);
        for (int row = -2; row <= 2; row++)
            for (int column = -2; column <= 2; column++)
                if (IsInside(x + column, y + row) != inside) return true;
        return false;
    }
}
