using Camfx.Effects;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Tests.Effects;

public sealed unsafe class BlurEffectTests
{
    private const int Width = 640, Height = 360;

    [Fact]
    public void WhatIsBehindLosesItsDetailsAndWhoIsInFrontKeepsEveryPixel()
    {
        using FrameBuffer picture = TestPicture.Noise(Width, Height), blurred = Blur("blur:strength=100", picture, Half());
        for (int y = 0; y < Height; y++)
        {
            Assert.True(new ReadOnlySpan<byte>(picture.View.Row(0, y), Width / 2).SequenceEqual(new ReadOnlySpan<byte>(blurred.View.Row(0, y), Width / 2)));
            Assert.True(new ReadOnlySpan<byte>(picture.View.Row(2, y / 2), Width / 4).SequenceEqual(new ReadOnlySpan<byte>(blurred.View.Row(2, y / 2), Width / 4)));
        }

        Assert.InRange(Detail(blurred, Width / 2, Width), 0, Detail(picture, Width / 2, Width) / 20);
    }

    [Fact]
    public void WhileNobodyKnowsWhoIsInFrontEverythingIsBlurred()
    {
        using FrameBuffer picture = TestPicture.Noise(Width, Height), blurred = Blur("blur", picture, matte: null);
        Assert.InRange(Detail(blurred, 0, Width), 0, Detail(picture, 0, Width) / 20);

        // As an effect among others it knows nobody.
        using FrameBuffer alone = TestPicture.Apply("blur", picture);
        Assert.True(TestPicture.IsSame(blurred, alone));
    }

    [Fact]
    public void MoreStrengthLeavesLessAndNoneLeavesAll()
    {
        using FrameBuffer picture = TestPicture.Flat(1920, 1080, 40);
        TestPicture.Block(picture, 960, 0, 960, 1080, 200, 128, 128);
        int[] widths = [.. new[] { 0, 30, 60, 100 }.Select(strength => EdgeWidth($"blur:strength={strength}", picture))];
        Assert.Equal(0, widths[0]);
        Assert.True(widths[0] < widths[1] && widths[1] < widths[2] && widths[2] < widths[3], string.Join(' ', widths));
    }

    /// <summary>Columns between one side and the other.</summary>
    private static int EdgeWidth(string spec, FrameBuffer picture)
    {
        using FrameBuffer blurred = TestPicture.Apply(spec, picture);
        return Enumerable.Range(0, 1920).Count(x => TestPicture.Luma(blurred, x, 540) is > 60 and < 180);
    }

    /// <summary>Mean difference of neighbours.</summary>
    private static double Detail(FrameBuffer picture, int from, int to)
    {
        long sum = 0;
        for (int y = 0; y < Height; y++)
            for (int x = from + 1; x < to; x++) sum += Math.Abs(TestPicture.Luma(picture, x, y) - TestPicture.Luma(picture, x - 1, y));
        return (double)sum / (Height * (to - from - 1));
    }

    /// <summary>The left half is in front.</summary>
    private static Matte Half()
    {
        Matte matte = new(Width, Height);
        for (int y = 0; y < Height; y++) new Span<byte>(matte.Luma.Row(0, y) + Width / 2, Width / 2).Clear();
        matte.Update();
        return matte;
    }

    private static FrameBuffer Blur(string spec, FrameBuffer picture, Matte? matte)
    {
        FrameBuffer frame = TestPicture.New(Width, Height);
        picture.Bytes.CopyTo(frame.Bytes);
        using var effect = (IBackgroundEffect)EffectKinds.Create(spec, TestPicture.Mode(Width, Height));
        effect.Apply(frame.View, frame.View, 0, matte);
        return frame;
    }
}
