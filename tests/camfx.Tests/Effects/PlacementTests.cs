using Camfx.Effects;

namespace Camfx.Tests.Effects;

public class PlacementTests
{
    [Theory]
    [InlineData("top-left", 10, 5)]
    [InlineData("top", 50, 5)]
    [InlineData("top-right", 70, 5)]
    [InlineData("left", 10, 45)]
    [InlineData("center", 50, 45)]
    [InlineData("right", 70, 45)]
    [InlineData("bottom-left", 10, 75)]
    [InlineData("bottom", 50, 75)]
    [InlineData("bottom-right", 70, 75)]
    public void Distances_go_inwards_from_edges_and_right_and_down_from_the_middle(string anchor, int x, int y)
    {
        Placement placement = new(anchor, new Extent(10, IsPercent: false), new Extent(5, IsPercent: true));
        Assert.Equal((x, y), placement.Of(20, 20, 100, 100));
    }

    [Theory]
    [InlineData("20", 640, 20)]
    [InlineData("-20", 640, -20)]
    [InlineData("5%", 640, 32)]
    [InlineData("12.5%", 640, 80)]
    [InlineData("0.4", 640, 0)]
    public void A_length_is_pixels_or_percent(string text, int whole, int pixels)
    {
        Assert.True(Extent.TryParse(text, out Extent extent));
        Assert.Equal(pixels, extent.Pixels(whole));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("5px")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("Infinity%")]
    [InlineData("1e9")]
    public void Or_nothing(string text) => Assert.False(Extent.TryParse(text, out _));
}
