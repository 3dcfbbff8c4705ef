using Camfx.Frames;
using Camfx.Sources;

namespace Camfx.Tests.Sources;

public sealed unsafe class PictureFitterTests
{
    private const byte White = 235, Black = 16;

    [Theory]
    [InlineData(100, 100, 0, 1.0, 40, 0, 80, 80)]
    [InlineData(320, 80, 0, 1.0, 0, 20, 160, 40)]
    [InlineData(100, 200, 90, 1.0, 0, 0, 160, 80)]
    [InlineData(100, 200, 0, 1.0, 60, 0, 40, 80)]
    [InlineData(160, 160, 0, 2.0, 0, 0, 160, 80)]
    [InlineData(80, 160, 270, 0.5, 0, 20, 160, 40)]
    [InlineData(1, 1, 0, 1.0, 40, 0, 80, 80)]
    public void ItIsAsLargeAsItFitsInItsOwnShape(int width, int height, int rotation, double aspect, int left, int top, int shownWidth, int shownHeight)
    {
        using FrameBuffer picture = Flat(PixelFormat.I420, width, height, White), frame = Flat(PixelFormat.I420, 160, 80, 77);
        using var fitter = new PictureFitter(160, 80);
        fitter.Fit(picture.View, rotation, aspect, frame.View);
        for (int y = 0; y < 80; y++)
        {
            for (int x = 0; x < 160; x++)
            {
                bool inside = x >= left && x < left + shownWidth && y >= top && y < top + shownHeight;
                Assert.True(frame.View.Row(0, y)[x] == (inside ? White : Black), $"({x},{y}) is {frame.View.Row(0, y)[x]}");
            }
        }
    }

    [Fact]
    public void FullRangeBecomesLimited()
    {
        var layout = FrameLayout.Packed(PixelFormat.I420, 160, 80);
        using var picture = new FrameBuffer(layout, ColorMatrix.Bt709, ColorRange.Full);
        using FrameBuffer frame = Flat(PixelFormat.I420, 160, 80, 77);
        using var fitter = new PictureFitter(160, 80);
        picture.Bytes.Fill(128);
        new Span<byte>(picture.View.Plane(0), 160 * 80).Fill(255);
        fitter.Fit(picture.View, 0, 1, frame.View);
        Assert.Equal(White, *frame.View.Row(0, 40));
        Assert.Equal(ColorMatrix.Bt709, PictureFitter.MatrixOf(picture.View));
    }

    [Fact]
    public void ARepeatedFitAllocatesNothing()
    {
        using FrameBuffer picture = Flat(PixelFormat.I422, 320, 200, White), frame = Flat(PixelFormat.I420, 160, 80, 77);
        using var fitter = new PictureFitter(160, 80);
        fitter.Fit(picture.View, 90, 1, frame.View);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) fitter.Fit(picture.View, 90, 1, frame.View);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static FrameBuffer Flat(PixelFormat format, int width, int height, byte luma)
    {
        var frame = new FrameBuffer(FrameLayout.Packed(format, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        frame.Bytes.Fill(128);
        new Span<byte>(frame.View.Plane(0), width * height).Fill(luma);
        return frame;
    }
}
