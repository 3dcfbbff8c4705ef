using FsCheck;
using FsCheck.Fluent;

namespace Camfx.Cairo.Tests;

public class ColorTests
{
    [Theory]
    [InlineData("#f80", 255, 136, 0, 255)]
    [InlineData("#00b140", 0, 177, 64, 255)]
    [InlineData("#00B14080", 0, 177, 64, 128)]
    [InlineData("White", 255, 255, 255, 255)]
    [InlineData("transparent", 0, 0, 0, 0)]
    public void Understands_hex_digits_and_names(string text, byte red, byte green, byte blue, byte alpha)
    {
        Assert.True(Color.TryParse(text, out Color color));
        Assert.Equal(new Color(red, green, blue, alpha), color);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#12")]
    [InlineData("#12345")]
    [InlineData("#gggggg")]
    [InlineData("# 12345")]
    [InlineData("ffffff")]
    [InlineData("blurple")]
    public void Refuses_anything_else(string text) => Assert.False(Color.TryParse(text, out _));

    [Fact]
    public void What_it_writes_it_reads() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes.Length >= 4),
        bytes =>
        {
            Color color = new(bytes[0], bytes[1], bytes[2], bytes[3]);
            return Color.TryParse(color.ToString(), out Color read) && read == color;
        }).QuickCheckThrowOnFailure();
}
