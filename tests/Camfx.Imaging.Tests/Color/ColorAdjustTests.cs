using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Color;

public sealed class ColorAdjustTests
{
    [Fact]
    public void The_defaults_change_no_legal_code()
    {
        Assert.True(new ColorAdjust(new ColorSettings(), ColorRange.Limited).IsIdentity);
        for (int y = 16; y <= 235; y++) Assert.Equal([(byte)y, 90, 240], Apply(new ColorSettings(), ColorRange.Limited, (byte)y, 90, 240));
    }

    [Theory]
    [InlineData(100, 235)]
    [InlineData(-100, 16)]
    public void Brightness_reaches_white_and_black_of_the_range(double brightness, byte y) =>
        Assert.Equal([y, 100, 150], Apply(new ColorSettings { Brightness = brightness }, ColorRange.Limited, 120, 100, 150));

    [Fact]
    public void Full_range_uses_all_codes() =>
        Assert.Equal([255, 128, 128], Apply(new ColorSettings { Brightness = 100 }, ColorRange.Full, 120, 128, 128));

    [Fact]
    public void Contrast_turns_about_middle_grey()
    {
        ColorSettings settings = new() { Contrast = 2 };
        // 45.5 codes below the middle, which is 125.5, become 91.
        Assert.Equal(35, Apply(settings, ColorRange.Limited, 80, 128, 128)[0], 1.0);
        Assert.Equal(235, Apply(settings, ColorRange.Limited, 16 + 219 * 9 / 10, 128, 128)[0]);
        Assert.Equal(126, Apply(new ColorSettings { Contrast = 0 }, ColorRange.Limited, 30, 128, 128)[0]);
    }

    [Fact]
    public void Saturation_zero_is_grey_and_four_stops_at_the_range()
    {
        Assert.Equal([82, 128, 128], Apply(new ColorSettings { Saturation = 0 }, ColorRange.Limited, 82, 90, 240));
        Assert.Equal([82, 16, 240], Apply(new ColorSettings { Saturation = 4 }, ColorRange.Limited, 82, 90, 240));
    }

    [Fact]
    public void Gamma_lightens_the_middle_and_leaves_the_ends()
    {
        ColorSettings settings = new() { Gamma = 2 };
        Assert.Equal([16, 128, 128], Apply(settings, ColorRange.Limited, 16, 128, 128));
        Assert.Equal([235, 128, 128], Apply(settings, ColorRange.Limited, 235, 128, 128));
        Assert.Equal([(byte)Math.Round(16 + 219 * Math.Sqrt((126.0 - 16) / 219)), 128, 128], Apply(settings, ColorRange.Limited, 126, 128, 128));
    }

    [Fact]
    public void Works_in_place()
    {
        Picture picture = new Picture(PixelFormat.Nv12, 1, 1).Set(82, 90, 240);
        new ColorAdjust(new ColorSettings { Saturation = 0 }, ColorRange.Limited).Apply(picture.View, picture.View);
        Assert.Equal([82, 128, 128], picture.ToArray());
    }

    [Theory]
    [InlineData(101, 1, 1, 1)]
    [InlineData(0, 4.1, 1, 1)]
    [InlineData(0, 1, -0.1, 1)]
    [InlineData(0, 1, 1, 0)]
    [InlineData(double.NaN, 1, 1, 1)]
    public void Settings_out_of_range_are_refused(double brightness, double contrast, double saturation, double gamma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColorAdjust(
            new ColorSettings { Brightness = brightness, Contrast = contrast, Saturation = saturation, Gamma = gamma }, ColorRange.Limited));

    private static byte[] Apply(in ColorSettings settings, ColorRange range, byte y, byte u, byte v)
    {
        Picture source = new Picture(PixelFormat.I420, 1, 1, range: range).Set(y, u, v), target = new(PixelFormat.I420, 1, 1, range: range);
        new ColorAdjust(settings, range).Apply(source.View, target.View);
        return target.ToArray();
    }
}
