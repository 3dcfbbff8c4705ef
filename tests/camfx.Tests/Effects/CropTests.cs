using Camfx.Frames;

namespace Camfx.Tests.Effects;

public class CropTests
{
    [Fact]
    public void The_part_fills_the_picture()
    {
        using FrameBuffer source = TestPicture.Flat(128, 72, 40);
        TestPicture.Block(source, 64, 36, 64, 36, 200, 90, 240);
        using FrameBuffer result = TestPicture.Apply("crop:x=50%,y=50%,width=50%,height=50%", source);
        foreach ((int x, int y) in new[] { (2, 2), (125, 2), (64, 36), (2, 69), (125, 69) })
        {
            Assert.Equal(200, TestPicture.Luma(result, x, y));
            Assert.Equal((90, 240), TestPicture.Chroma(result, x, y));
        }
    }

    [Fact]
    public void Pixels_and_percent_mean_the_same()
    {
        using FrameBuffer source = TestPicture.Noise(200, 100);
        using FrameBuffer pixels = TestPicture.Apply("crop:x=20,y=10,width=100,height=50", source);
        using FrameBuffer percent = TestPicture.Apply("crop:x=10%,y=10%,width=50%,height=50%", source);
        Assert.True(TestPicture.IsSame(pixels, percent));
    }

    [Fact]
    public void The_whole_is_the_whole()
    {
        using FrameBuffer source = TestPicture.Noise(128, 72);
        using FrameBuffer result = TestPicture.Apply("crop", source);
        Assert.True(TestPicture.IsSame(source, result));
    }

    [Fact]
    public void Without_a_size_it_reaches_to_the_far_edges()
    {
        using FrameBuffer source = TestPicture.Noise(128, 72);
        using FrameBuffer open = TestPicture.Apply("crop:x=64,y=36", source);
        using FrameBuffer closed = TestPicture.Apply("crop:x=64,y=36,width=64,height=36", source);
        Assert.True(TestPicture.IsSame(open, closed));
    }

    [Fact]
    public void Another_shape_is_not_stretched()
    {
        using FrameBuffer source = TestPicture.Flat(128, 64, 120);
        using FrameBuffer result = TestPicture.Apply("crop:width=64,height=64", source);
        Assert.Equal(16, TestPicture.Luma(result, 16, 32));
        Assert.Equal(120, TestPicture.Luma(result, 64, 32));
        Assert.Equal(16, TestPicture.Luma(result, 112, 32));
    }

    [Theory]
    [InlineData("crop:x=128")]
    [InlineData("crop:x=-2")]
    [InlineData("crop:y=100%")]
    [InlineData("crop:width=0")]
    [InlineData("crop:x=100,width=100")]
    [InlineData("crop:height=110%")]
    public void A_part_outside_the_picture_is_refused(string spec)
    {
        using FrameBuffer source = TestPicture.Flat(128, 72, 40);
        CamfxException error = Assert.Throws<CamfxException>(() => TestPicture.Apply(spec, source));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("128x72", error.Message, StringComparison.Ordinal);
    }
}
