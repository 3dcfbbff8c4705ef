using Camfx.Frames;

namespace Camfx.Tests.Effects;

public class BrightnessTests
{
    [Fact]
    public void Without_values_nothing_changes()
    {
        using FrameBuffer source = TestPicture.Noise(128, 72);
        using FrameBuffer result = TestPicture.Apply("brightness", source);
        Assert.True(TestPicture.IsSame(source, result));
    }

    [Theory]
    [InlineData("brightness:value=20", 1)]
    [InlineData("brightness:value=-20", -1)]
    [InlineData("brightness:contrast=1.5", 1)]
    [InlineData("brightness:contrast=0.5", -1)]
    [InlineData("brightness:gamma=2", 1)]
    [InlineData("brightness:gamma=0.5", -1)]
    public void Light_grey_becomes_lighter_or_darker(string spec, int direction)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 160, 100, 150);
        using FrameBuffer result = TestPicture.Apply(spec, source);
        Assert.Equal(direction, Math.Sign(TestPicture.Luma(result, 30, 20) - 160));
    }

    [Fact]
    public void More_contrast_makes_dark_grey_darker()
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 60);
        using FrameBuffer result = TestPicture.Apply("brightness:contrast=1.5", source);
        Assert.True(TestPicture.Luma(result, 30, 20) < 60);
    }

    [Theory]
    [InlineData(100, 235)]
    [InlineData(-100, 16)]
    public void The_utmost_is_white_or_black_and_no_further(int value, int luma)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 120);
        using FrameBuffer result = TestPicture.Apply($"brightness:value={value}", source);
        Assert.Equal(luma, TestPicture.Luma(result, 30, 20));
    }

    [Theory]
    [InlineData(0, 128, 128)]
    [InlineData(0.5, 114, 139)]
    [InlineData(2, 72, 172)]
    public void Saturation_moves_chroma_and_not_luma(double saturation, int u, int v)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 120, 100, 150);
        using FrameBuffer result = TestPicture.Apply($"brightness:saturation={saturation}", source);
        Assert.Equal(120, TestPicture.Luma(result, 30, 20));
        Assert.InRange(TestPicture.Chroma(result, 30, 20).U, u - 1, u + 1);
        Assert.InRange(TestPicture.Chroma(result, 30, 20).V, v - 1, v + 1);
    }

    [Fact]
    public void Gamma_keeps_black_and_white()
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 16);
        TestPicture.Block(source, 0, 0, 32, 48, 235, 128, 128);
        using FrameBuffer result = TestPicture.Apply("brightness:gamma=2.2", source);
        Assert.True(TestPicture.IsSame(source, result));
    }
}
