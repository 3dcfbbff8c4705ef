using Camfx.Effects;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

/// <summary>The effects that look how the picture is and follow it.</summary>
public class FollowingEffectTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(40)]
    [InlineData(120)]
    [InlineData(200)]
    public void Auto_exposure_brings_the_mean_to_the_target(byte luma)
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, luma);
        using FrameBuffer result = TestPicture.Apply("autoexposure:target=50,most=100", source);
        int wanted = luma == 120 ? 125 : 0;
        if (wanted > 0) Assert.InRange(TestPicture.Luma(result, 9, 9), wanted - 2, wanted + 2);
        else Assert.True(Math.Abs(TestPicture.Luma(result, 9, 9) - 125) < Math.Abs(luma - 125) / 2);
    }

    [Fact]
    public void Low_light_lightens_what_is_dark_and_leaves_what_is_light()
    {
        using FrameBuffer dark = TestPicture.Flat(64, 48, 40, 120, 140), light = TestPicture.Flat(64, 48, 150, 120, 140);
        using FrameBuffer lightened = TestPicture.Apply("lowlight", dark), left = TestPicture.Apply("lowlight", light);
        Assert.InRange(TestPicture.Luma(lightened, 9, 9), 75, 110);
        Assert.True(TestPicture.IsSame(light, left));
    }

    [Fact]
    public void White_balance_makes_a_grey_under_coloured_light_grey()
    {
        // A grey ramp whose red has a quarter more and whose blue a quarter less.
        using FrameBuffer source = TestPicture.Flat(64, 48, 120, 116, 143);
        TestPicture.Block(source, 0, 0, 32, 48, 60, 123, 134);
        using FrameBuffer result = TestPicture.Apply("whitebalance", source);
        Assert.InRange(TestPicture.Chroma(result, 50, 20).U, 126, 130);
        Assert.InRange(TestPicture.Chroma(result, 50, 20).V, 126, 130);
        Assert.InRange(TestPicture.Luma(result, 50, 20), 112, 128);
    }

    [Fact]
    public void White_balance_leaves_a_picture_of_strong_colours_alone()
    {
        using FrameBuffer source = TestPicture.Flat(64, 48, 120, 60, 200);
        using FrameBuffer result = TestPicture.Apply("whitebalance", source);
        Assert.True(TestPicture.IsSame(source, result));
    }

    [Theory]
    [InlineData("autoexposure:seconds=1")]
    [InlineData("lowlight:seconds=1")]
    public void A_change_of_light_is_followed_by_steps_that_do_not_show(string spec)
    {
        using IEffect effect = EffectKinds.Create(spec, TestPicture.Mode(64, 48));
        int last = Show(effect, 150, 0), dark = Show(effect, 50, Second / 30), step = 0;
        for (int frame = 2; frame <= 150; frame++)
        {
            last = dark;
            dark = Show(effect, 50, frame * Second / 30);
            step = Math.Max(step, Math.Abs(dark - last));
        }

        Assert.InRange(step, 1, 4);
        Assert.True(dark > 80);
    }

    private static int Show(IEffect effect, byte luma, long time)
    {
        using FrameBuffer picture = TestPicture.Flat(64, 48, luma);
        effect.Apply(picture.View, picture.View, time);
        return TestPicture.Luma(picture, 9, 9);
    }
}
