using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.Imaging.Tests.Scaling;

public sealed class LetterboxTests
{
    [Theory]
    [InlineData(1920, 1080, 1280, 720, 0, 0, 1280, 720)]
    [InlineData(640, 480, 1280, 720, 160, 0, 960, 720)]
    [InlineData(1080, 1920, 1280, 720, 436, 0, 406, 720)]
    [InlineData(1, 1, 1280, 720, 280, 0, 720, 720)]
    [InlineData(16000, 1, 640, 480, 0, 238, 640, 2)]
    [InlineData(1366, 768, 1280, 720, 0, 0, 1280, 720)]
    public void A_picture_is_centred_in_its_own_shape(int sw, int sh, int tw, int th, int x, int y, int width, int height) =>
        Assert.Equal(new PixelRectangle(x, y, width, height), Letterbox.Fit(sw, sh, tw, th));

    [Fact]
    public void The_rectangle_is_inside_and_cuts_no_chroma_sample()
    {
        Prop.ForAll<(ushort SourceWidth, ushort SourceHeight, ushort Width, ushort Height)>(sizes =>
        {
            int width = 1 + sizes.Width % 4000, height = 1 + sizes.Height % 4000;
            PixelRectangle fit = Letterbox.Fit(1 + sizes.SourceWidth, 1 + sizes.SourceHeight, width, height);
            Assert.True(fit is { X: >= 0, Y: >= 0, Width: >= 1, Height: >= 1 } && fit.Right <= width && fit.Bottom <= height, $"{fit}");
            Assert.True(fit.X % 2 == 0 && fit.Y % 2 == 0, $"{fit}");
            Assert.True((fit.Right % 2 == 0 || fit.Right == width) && (fit.Bottom % 2 == 0 || fit.Bottom == height), $"{fit} in {width}x{height}");
            Assert.True(fit.Width == width || fit.Height == height, $"{fit} in {width}x{height}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Bars_are_black_and_the_picture_is_left_alone()
    {
        Picture frame = new(PixelFormat.I420, 16, 8);
        Fill.Solid(frame.View, 200, 50, 60);
        PixelRectangle fit = Letterbox.Fit(8, 8, 16, 8);
        Letterbox.FillBars(frame.View, fit);
        Assert.Equal(new PixelRectangle(4, 0, 8, 8), fit);
        for (int x = 0; x < 16; x++)
        {
            bool inside = x is >= 4 and < 12;
            Assert.Equal(inside ? (200, 50, 60) : (16, 128, 128), (frame[0, x, 3], frame[1, x / 2, 1], frame[2, x / 2, 1]));
        }
    }
}
