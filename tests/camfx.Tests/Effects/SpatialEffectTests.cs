using Camfx.Frames;

namespace Camfx.Tests.Effects;

/// <summary>Each effect that looks around a sample, or elsewhere, does what its name says.</summary>
public class SpatialEffectTests
{
    [Fact]
    public void Sharpening_makes_an_edge_steeper_and_leaves_flat_places()
    {
        using FrameBuffer source = Edge(), result = TestPicture.Apply("sharpen:amount=100", source);
        Assert.True(TestPicture.Luma(result, 31, 20) < 78 && TestPicture.Luma(result, 32, 20) > 162);
        Assert.Equal(80, TestPicture.Luma(result, 10, 20));
        Assert.Equal(160, TestPicture.Luma(result, 50, 20));
    }

    [Theory]
    [InlineData("edge", 16, 235)]
    [InlineData("edge:pencil=1", 235, 60)]
    [InlineData("emboss", 126, 90)]
    public void Only_the_edge_is_drawn(string spec, int flat, int edge)
    {
        using FrameBuffer source = Edge(), result = TestPicture.Apply(spec, source);
        Assert.InRange(TestPicture.Luma(result, 10, 20), flat - 1, flat + 1);
        Assert.True(Math.Abs(TestPicture.Luma(result, 31, 20) - flat) >= Math.Abs(edge - flat) / 2);
        Assert.Equal((128, 128), TestPicture.Chroma(result, 10, 20));
    }

    [Fact]
    public void Colours_are_kept_where_asked()
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 120, 90, 200);
        foreach (string spec in (string[])["edge:color", "emboss:color", "halftone:color"])
        {
            using FrameBuffer result = TestPicture.Apply(spec, source);
            Assert.Equal((90, 200), TestPicture.Chroma(result, 20, 20));
        }
    }

    [Fact]
    public void A_cartoon_is_flat_with_ink_at_edges()
    {
        using FrameBuffer source = Edge(), result = TestPicture.Apply("cartoon", source);
        Assert.True(TestPicture.Luma(result, 31, 20) < 40);
        int[] tones = [.. Enumerable.Range(0, 28).Select(x => TestPicture.Luma(result, x, 20)).Distinct()];
        Assert.Single(tones);
    }

    [Fact]
    public void Squares_and_dots_replace_the_picture()
    {
        using FrameBuffer source = TestPicture.Noise(64, 48), squares = TestPicture.Apply("pixelate:size=8", source), dots = TestPicture.Apply("halftone", source);
        for (int x = 8; x < 16; x++) Assert.Equal(TestPicture.Luma(squares, 8, 8), TestPicture.Luma(squares, x, 15));
        Assert.NotEqual(TestPicture.Luma(squares, 8, 8), TestPicture.Luma(squares, 16, 8));
        Assert.True(Enumerable.Range(0, 64).Count(x => TestPicture.Luma(dots, x, 20) is 16 or 235) > 40);
    }

    [Theory]
    [InlineData("left", 40, 200, 40, 40)]
    [InlineData("right", 200, 40, 40, 40)]
    public void One_half_stands_on_both_sides(string mode, byte left, byte right, int wantedLeft, int wantedRight)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, left);
        TestPicture.Block(source, 32, 0, 32, 48, right, 90, 200);
        TestPicture.Block(source, mode == "left" ? 0 : 62, 0, 2, 2, 100, 60, 60);
        using FrameBuffer result = TestPicture.Apply($"mirror:mode={mode}", source);
        Assert.Equal((wantedLeft, wantedRight), (TestPicture.Luma(result, 20, 20), TestPicture.Luma(result, 50, 20)));
        Assert.Equal((100, 100), (TestPicture.Luma(result, 0, 0), TestPicture.Luma(result, 63, 0)));
        Assert.Equal((60, 60), TestPicture.Chroma(result, mode == "left" ? 63 : 0, 0));
    }

    [Theory]
    [InlineData("top", 0, 0, 0, 47)]
    [InlineData("bottom", 0, 46, 0, 0)]
    [InlineData("quad", 0, 0, 63, 47)]
    public void A_corner_stands_at_another_corner_too(string mode, int fromX, int fromY, int x, int y)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 40);
        TestPicture.Block(source, fromX, fromY, 2, 2, 200, 60, 60);
        using FrameBuffer result = TestPicture.Apply($"mirror:mode={mode}", source);
        Assert.Equal(200, TestPicture.Luma(result, x, y));
        Assert.Equal((60, 60), TestPicture.Chroma(result, x, y));
        Assert.Equal(200, TestPicture.Luma(result, fromX, fromY));
    }

    private static FrameBuffer Edge()
    {
        FrameBuffer picture = TestPicture.Flat(64, 48, 80, 90, 200);
        TestPicture.Block(picture, 32, 0, 32, 48, 160, 90, 200);
        return picture;
    }
}
