using Camfx.Effects;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

/// <summary>Each effect that works on every sample by itself does what its name says.</summary>
public class ColorEffectTests
{
    [Theory]
    [InlineData("hue:angle=90", 200, 90, 240, 200, 240, 166)]
    [InlineData("hue:angle=180", 120, 90, 200, 120, 166, 56)]
    [InlineData("hue:angle=0,saturation=0", 120, 90, 200, 120, 128, 128)]
    [InlineData("invert", 16, 90, 240, 235, 166, 16)]
    [InlineData("invert", 235, 128, 128, 16, 128, 128)]
    [InlineData("sepia:amount=0", 120, 90, 200, 120, 90, 200)]
    [InlineData("posterise:levels=2", 100, 120, 140, 16, 128, 128)]
    [InlineData("posterise:levels=2", 140, 20, 236, 235, 16, 240)]
    [InlineData("falsecolor:palette=heat", 16, 90, 200, 16, 128, 128)]
    [InlineData("scanlines:rows=1,strength=0", 120, 90, 200, 120, 90, 200)]
    [InlineData("temperature:kelvin=6500", 120, 90, 200, 120, 90, 200)]
    public void A_flat_colour_becomes_this_one(string spec, byte y, byte u, byte v, int wantedY, int wantedU, int wantedV)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, y, u, v);
        using FrameBuffer result = TestPicture.Apply(spec, source);
        Assert.InRange(TestPicture.Luma(result, 31, 21), wantedY - 1, wantedY + 1);
        Assert.InRange(TestPicture.Chroma(result, 31, 21).U, wantedU - 1, wantedU + 1);
        Assert.InRange(TestPicture.Chroma(result, 31, 21).V, wantedV - 1, wantedV + 1);
    }

    [Theory]
    [InlineData("temperature:kelvin=3000", -1, 1)]
    [InlineData("temperature:kelvin=12000", 1, -1)]
    [InlineData("sepia", -1, 1)]
    [InlineData("temperature:kelvin=6500,tint=80", 1, 1)]
    public void Grey_gets_a_colour_and_keeps_its_light(string spec, int blueness, int redness)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 120);
        using FrameBuffer result = TestPicture.Apply(spec, source);
        (int u, int v) = TestPicture.Chroma(result, 30, 20);
        Assert.Equal((blueness, redness), (Math.Sign(u - 128), Math.Sign(v - 128)));
        Assert.True(Math.Abs(u - 128) > 3 || Math.Abs(v - 128) > 3);
        if (spec.StartsWith("temperature", StringComparison.Ordinal)) Assert.InRange(TestPicture.Luma(result, 30, 20), 118, 122);
    }

    [Fact]
    public void A_vignette_darkens_corners_and_not_the_middle()
    {
        using FrameBuffer source = TestPicture.Flat(128, 72, 216, 90, 200);
        using FrameBuffer result = TestPicture.Apply("vignette:strength=75", source);
        Assert.InRange(TestPicture.Luma(result, 64, 36), 214, 216);
        Assert.InRange(TestPicture.Luma(result, 0, 0), 64, 70);
        Assert.InRange(TestPicture.Chroma(result, 0, 0).V, 128 + 17, 128 + 21);
    }

    [Fact]
    public void Scanlines_darken_every_other_line()
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 216);
        using FrameBuffer result = TestPicture.Apply("scanlines:rows=3,strength=50", source);
        for (int y = 0; y < 48; y++) Assert.Equal(y / 3 % 2 == 0 ? 216 : 116, TestPicture.Luma(result, 20, y));
    }

    [Fact]
    public void Grain_is_the_same_for_the_same_time_and_another_for_another()
    {
        using IEffect effect = EffectKinds.Create("grain:strength=30", TestPicture.Mode(128, 72));
        using FrameBuffer first = At(effect, 1), again = At(effect, 1), second = At(effect, 2);
        Assert.True(TestPicture.IsSame(first, again));
        Assert.False(TestPicture.IsSame(first, second));
        Assert.NotEqual(120, TestPicture.Luma(first, 5, 5) + TestPicture.Luma(first, 6, 5) - TestPicture.Luma(first, 7, 5));

        static FrameBuffer At(IEffect effect, long time)
        {
            FrameBuffer picture = TestPicture.Flat(128, 72, 120);
            effect.Apply(picture.View, picture.View, time);
            return picture;
        }
    }

    [Fact]
    public void Warhol_prints_the_picture_in_several_inks()
    {
        using FrameBuffer source = TestPicture.Flat(96, 72, 40);
        TestPicture.Block(source, 48, 0, 48, 72, 220, 128, 128);
        using FrameBuffer result = TestPicture.Apply("warhol:count=3", source);
        HashSet<(int, int)> dark = [], light = [];
        for (int print = 0; print < 9; print++)
        {
            dark.Add(TestPicture.Chroma(result, print % 3 * 32 + 6, print / 3 * 24 + 12));
            light.Add(TestPicture.Chroma(result, print % 3 * 32 + 26, print / 3 * 24 + 12));
        }

        Assert.Equal(9, dark.Count);
        Assert.True(light.Count >= 8);
    }
}
