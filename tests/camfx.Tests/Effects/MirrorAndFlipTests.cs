using Camfx.Frames;

namespace Camfx.Tests.Effects;

public class MirrorAndFlipTests
{
    [Theory]
    [InlineData("mirror", 62, 0)]
    [InlineData("flip", 0, 46)]
    public void A_corner_moves(string spec, int x, int y)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 40);
        TestPicture.Block(source, 0, 0, 2, 2, 200, 90, 240);
        using FrameBuffer result = TestPicture.Apply(spec, source);
        Assert.Equal(200, TestPicture.Luma(result, x, y));
        Assert.Equal(200, TestPicture.Luma(result, x + 1, y + 1));
        Assert.Equal((90, 240), TestPicture.Chroma(result, x, y));
        Assert.Equal(40, TestPicture.Luma(result, 0, 0));
    }

    [Theory]
    [InlineData("mirror", 64, 48)]
    [InlineData("mirror", 1278, 6)]
    [InlineData("flip", 64, 48)]
    [InlineData("flip", 18, 722)]
    [InlineData("rotate:angle=180", 66, 50)]
    public void Twice_is_as_before(string spec, int width, int height)
    {
        using FrameBuffer source = TestPicture.Noise(width, height);
        using FrameBuffer once = TestPicture.Apply(spec, source);
        using FrameBuffer twice = TestPicture.Apply(spec, once);
        Assert.False(TestPicture.IsSame(source, once));
        Assert.True(TestPicture.IsSame(source, twice));
    }

    [Fact]
    public void Mirror_and_flip_are_a_half_turn()
    {
        using FrameBuffer source = TestPicture.Noise(130, 70);
        using FrameBuffer mirrored = TestPicture.Apply("mirror", source);
        using FrameBuffer both = TestPicture.Apply("flip", mirrored);
        using FrameBuffer turned = TestPicture.Apply("rotate:angle=180", source);
        Assert.True(TestPicture.IsSame(both, turned));
    }
}
