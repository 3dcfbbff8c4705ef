using Camfx.Effects;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

/// <summary>The effects that remember frames.</summary>
public class TimeEffectTests
{
    private const long Interval = 1_000_000_000 / 30;

    [Theory]
    [InlineData("freeze", 0)]
    [InlineData("delay:seconds=0", 20)]
    [InlineData("delay:seconds=0.2", 14)]
    [InlineData("delay:seconds=0.5", 5)]
    [InlineData("delay:seconds=5", 0)]
    public void After_twenty_frames_this_one_is_shown(string spec, int shown)
    {
        using IEffect effect = EffectKinds.Create(spec, TestPicture.Mode(64, 48));
        for (int frame = 0; frame <= 20; frame++)
        {
            using FrameBuffer picture = Numbered(frame);
            effect.Apply(picture.View, picture.View, 7 + frame * Interval + frame % 3);
            if (frame == 20) Assert.Equal(20 + 5 * shown, TestPicture.Luma(picture, 30, 20));
        }
    }

    [Fact]
    public void A_delay_is_one_of_time_and_not_of_frames()
    {
        using IEffect effect = EffectKinds.Create("delay:seconds=0.2", TestPicture.Mode(64, 48));
        for (int frame = 0; frame <= 20; frame++)
        {
            // Every other frame is missing.
            using FrameBuffer picture = Numbered(frame);
            effect.Apply(picture.View, picture.View, 2 * frame * Interval);
            if (frame == 20) Assert.Equal(20 + 5 * 17, TestPicture.Luma(picture, 30, 20));
        }
    }

    [Fact]
    public void Denoising_calms_a_picture_that_stands_still()
    {
        using IEffect effect = EffectKinds.Create("denoise", TestPicture.Mode(64, 48));
        Random random = new(2);
        int last = 0, most = 0;
        for (int frame = 0; frame < 30; frame++)
        {
            using FrameBuffer picture = TestPicture.Flat(64, 48, 120);
            foreach (ref byte code in picture.Bytes) code = (byte)(code + random.Next(-6, 7));
            effect.Apply(picture.View, picture.View, frame * Interval);
            if (frame >= 20) most = Math.Max(most, Math.Abs(TestPicture.Luma(picture, 30, 20) - last));
            last = TestPicture.Luma(picture, 30, 20);
        }

        Assert.InRange(most, 0, 3);
        Assert.InRange(last, 116, 124);
    }

    private static FrameBuffer Numbered(int frame) => TestPicture.Flat(64, 48, (byte)(20 + 5 * frame));
}
