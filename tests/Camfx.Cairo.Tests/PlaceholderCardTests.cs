using Camfx.Frames;

namespace Camfx.Cairo.Tests;

public class PlaceholderCardTests
{
    private const string Reason = "The file clip.mp4 cannot be read: no such file or directory; check the path.";

    [Theory]
    [InlineData(16, 16)]
    [InlineData(64, 64)]
    [InlineData(161, 121)]
    [InlineData(640, 480)]
    [InlineData(1280, 720)]
    [InlineData(1080, 1920)]
    [InlineData(4000, 100)]
    [InlineData(100, 4000)]
    [InlineData(7680, 4320)]
    public void A_card_is_opaque_and_shows_a_symbol_at_any_size(int width, int height)
    {
        using FrameBuffer card = PlaceholderCard.Draw(width, height, "camfx", Reason);
        Assert.Equal((width, height), (card.Layout.Width, card.Layout.Height));
        Color ground = Pixels.At(card, 0, 0);
        Assert.True(ground is { Red: < 48, Green: < 48, Blue: < 48, Alpha: 255 }, "the ground is dark");
        int lit = 0, step = Math.Max(1, width * height / 200_000);
        ReadOnlySpan<byte> bytes = card.Bytes;
        for (int at = 0; at < bytes.Length; at += 4 * step)
        {
            Assert.Equal(255, bytes[at + 3]);
            if (bytes[at + 1] > 80) lit++;
        }

        Assert.True(lit > 0, "a symbol is drawn");
    }

    [Fact]
    public void Everything_stays_within_the_margins()
    {
        string name = new('W', 300), reason = string.Join(' ', Enumerable.Repeat("reason", 500));
        using FrameBuffer card = PlaceholderCard.Draw(1280, 720, name, reason);
        Color ground = Pixels.At(card, 0, 0);
        (int left, int top, int right, int bottom) = Pixels.Bounds(card, color => color != ground);
        Assert.InRange(left, 60, 640);
        Assert.InRange(right, 640, 1220);
        Assert.InRange(top, 20, 360);
        Assert.InRange(bottom, 360, 700);
    }

    [Fact]
    public void The_picture_is_centred()
    {
        using FrameBuffer card = PlaceholderCard.Draw(1280, 720, "camfx", "");
        Color ground = Pixels.At(card, 0, 0);
        (int left, int top, int right, int bottom) = Pixels.Bounds(card, color => color != ground);
        Assert.InRange(left - (1279 - right), -2, 2);
        Assert.InRange(top - (719 - bottom), -24, 24);
    }

    [Fact]
    public void Name_and_reason_change_the_card()
    {
        using FrameBuffer one = PlaceholderCard.Draw(640, 360, "camfx", Reason);
        using FrameBuffer otherName = PlaceholderCard.Draw(640, 360, "camfx desk", Reason);
        using FrameBuffer otherReason = PlaceholderCard.Draw(640, 360, "camfx", "The camera is starting.");
        Assert.False(Pixels.IsSame(one, otherName));
        Assert.False(Pixels.IsSame(one, otherReason));
    }

    [Fact]
    public void Markup_in_a_reason_is_no_markup()
    {
        using FrameBuffer card = PlaceholderCard.Draw(640, 360, "<b>", "<file> & more\nin two lines");
        using FrameBuffer empty = PlaceholderCard.Draw(640, 360, "", "");
        Assert.False(Pixels.IsSame(card, empty));
    }

    [Fact]
    public void A_small_card_does_without_letters()
    {
        using FrameBuffer card = PlaceholderCard.Draw(64, 64, "camfx", Reason);
        using FrameBuffer empty = PlaceholderCard.Draw(64, 64, "", "");
        Assert.True(Pixels.IsSame(card, empty));
    }

    [Theory]
    [InlineData(15, 100)]
    [InlineData(100, 0)]
    [InlineData(7681, 100)]
    public void A_size_out_of_range_is_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PlaceholderCard.Draw(width, height, "camfx", Reason));
}
