using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Effects.Text;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

public class TextEffectTests
{
    private const string RedBlock = "text:value=\"█\",font=Sans,size=80,color=#ff0000,shadow=transparent,anchor=center,y=0";

    [Theory]
    [InlineData("top-left", 0, 0)]
    [InlineData("top", 1, 0)]
    [InlineData("right", 2, 1)]
    [InlineData("center", 1, 1)]
    [InlineData("bottom-left", 0, 2)]
    [InlineData("bottom-right", 2, 2)]
    public void Ink_is_where_the_anchor_says(string anchor, int column, int row)
    {
        using FrameBuffer source = TestPicture.Flat(384, 216, 60);
        using FrameBuffer result = TestPicture.Apply($"text:value=Hi,anchor={anchor},x=0,y=0,size=24", source);
        (int left, int top, int right, int bottom) = TestPicture.Difference(source, result, 8);
        Assert.InRange((left + right) / 2, column * 128, column * 128 + 127);
        Assert.InRange((top + bottom) / 2, row * 72, row * 72 + 71);
    }

    [Fact]
    public void The_distance_moves_it_inwards()
    {
        using FrameBuffer source = TestPicture.Flat(384, 216, 60);
        const string Spec = "text:value=Hi,size=24,shadow=transparent,anchor=bottom-right";
        using FrameBuffer near = TestPicture.Apply(Spec + ",x=0,y=0", source);
        using FrameBuffer far = TestPicture.Apply(Spec + ",x=40,y=25%", source);
        (int nearLeft, int nearTop, _, _) = TestPicture.Difference(source, near, 8);
        (int farLeft, int farTop, _, _) = TestPicture.Difference(source, far, 8);
        Assert.Equal(40, nearLeft - farLeft);
        Assert.Equal(54, nearTop - farTop);
    }

    [Fact]
    public void The_letters_have_their_colour()
    {
        using FrameBuffer source = TestPicture.Flat(384, 216, 60);
        using FrameBuffer result = TestPicture.Apply(RedBlock, source);

        // BT.601 limited: red is 82, 90, 240.
        Assert.InRange(TestPicture.Luma(result, 192, 108), 80, 84);
        (int u, int v) = TestPicture.Chroma(result, 192, 108);
        Assert.InRange(u, 88, 92);
        Assert.InRange(v, 238, 242);
    }

    [Fact]
    public void The_colour_is_right_for_another_matrix_too()
    {
        CameraMode mode = TestPicture.Mode(384, 216);
        using IEffect effect = EffectKinds.Create(RedBlock, mode);
        using FrameBuffer first = TestPicture.Flat(384, 216, 60);
        effect.Apply(first.View, first.View, 0);
        using FrameBuffer second = new(first.Layout, ColorMatrix.Bt709, ColorRange.Limited);
        effect.Apply(second.View, second.View, 0);

        // BT.709 limited: red is 63, 102, 240.
        Assert.InRange(TestPicture.Luma(second, 192, 108), 61, 65);
        Assert.InRange(TestPicture.Chroma(second, 192, 108).U, 100, 104);
    }

    [Fact]
    public void A_comma_in_quotes_belongs_to_the_text()
    {
        using FrameBuffer source = TestPicture.Flat(384, 216, 60);
        using FrameBuffer one = TestPicture.Apply("text:value=\"On air, now\",size=24", source);
        using FrameBuffer other = TestPicture.Apply("text:value=\"On air\",size=24", source);
        Assert.False(TestPicture.IsSame(one, other));
    }

    [Fact]
    public void Markup_is_literal_unless_it_is_asked_for()
    {
        using FrameBuffer source = TestPicture.Flat(384, 216, 60);
        using FrameBuffer literal = TestPicture.Apply("text:value=<i>a</i>,size=24", source);
        using FrameBuffer markup = TestPicture.Apply("text:value=<i>a</i>,size=24,markup", source);
        Assert.False(TestPicture.IsSame(literal, markup));
        CamfxException error = Assert.Throws<CamfxException>(() => TestPicture.Apply("text:value=<i>a,markup", source));
        Assert.StartsWith("The effect 'text' cannot be made. The text is no Pango markup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_drawn_at_opacity_zero()
    {
        using FrameBuffer source = TestPicture.Noise(384, 216);
        using FrameBuffer result = TestPicture.Apply("text:value=Hi,opacity=0,background=red", source);
        Assert.True(TestPicture.IsSame(source, result));
    }

    [Theory]
    [InlineData("text:value=Hi,x=-30,y=-10,anchor=top-left,size=40")]
    [InlineData("text:value=Hi,x=-2000,anchor=right")]
    [InlineData("text:value=Hi,y=150%")]
    [InlineData("text:value=\"a very long line of text that wraps and wraps\",size=1000,width=1000%")]
    public void What_lies_outside_is_cut_off(string spec)
    {
        using FrameBuffer source = TestPicture.Flat(384, 216, 60);
        using FrameBuffer result = TestPicture.Apply(spec, source);
        Assert.Equal(source.Size, result.Size);
    }

    [Fact]
    public void A_clock_follows_the_time()
    {
        CameraMode mode = TestPicture.Mode(384, 216);
        HandClock time = new();
        EffectValues values = new(TextEffect.Description, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["value"] = "%H:%M:%S",
            ["clock"] = "1",
        });
        using TextEffect effect = TextEffect.Create(values, mode, time);
        using FrameBuffer before = TestPicture.Apply(effect, TestPicture.Flat(384, 216, 60));
        using FrameBuffer same = TestPicture.Apply(effect, TestPicture.Flat(384, 216, 60));
        Assert.True(TestPicture.IsSame(before, same));
        time.Now += TimeSpan.FromSeconds(1);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                using FrameBuffer source = TestPicture.Flat(384, 216, 60);
                using FrameBuffer after = TestPicture.Apply(effect, source);
                return !TestPicture.IsSame(before, after);
            },
            TimeSpan.FromSeconds(20)), "the picture changes with the second");
    }

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 9, 5, 7, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
