using Camfx.Frames;

namespace Camfx.Cairo.Tests;

public class TextRendererTests
{
    private static readonly TextStyle s_plain = new() { Size = 40 };

    [Fact]
    public void Letters_have_the_colour_asked_for()
    {
        using FrameBuffer picture = TextRenderer.Render("HHH", s_plain with { Color = new(200, 40, 90) });
        Assert.Contains(new Color(200, 40, 90), Pixels.All(picture));
        Assert.All(Pixels.All(picture).Where(color => color.Alpha > 32), color =>
        {
            // Straight alpha: a half-covered edge has the full colour, within what 8 bits of premultiplied colour keep.
            Assert.InRange(color.Red, 192, 208);
            Assert.InRange(color.Green, 32, 48);
            Assert.InRange(color.Blue, 82, 98);
        });
    }

    [Fact]
    public void Ink_is_about_as_high_as_the_letters_are()
    {
        using FrameBuffer picture = TextRenderer.Render("H", s_plain with { Size = 100 });
        (int left, int top, int right, int bottom) = Pixels.Bounds(picture, color => color.Alpha > 128);
        Assert.InRange(bottom - top + 1, 60, 85);
        Assert.InRange(right - left + 1, 40, 85);
        Assert.True(picture.Layout.Height > bottom - top + 1, "ascent and descent belong to the picture");
    }

    [Fact]
    public void A_text_keeps_its_height_whatever_its_letters()
    {
        using FrameBuffer flat = TextRenderer.Render("xxx", s_plain);
        using FrameBuffer deep = TextRenderer.Render("Ågj", s_plain);
        Assert.Equal(deep.Layout.Height, flat.Layout.Height);
    }

    [Fact]
    public void Lines_stand_under_each_other()
    {
        using FrameBuffer one = TextRenderer.Render("line", s_plain);
        using FrameBuffer three = TextRenderer.Render("line\nline\nline", s_plain);
        Assert.Equal(one.Layout.Width, three.Layout.Width);
        Assert.InRange(three.Layout.Height, one.Layout.Height * 3 - 3, one.Layout.Height * 3 + 3);
    }

    [Fact]
    public void Markup_characters_are_drawn_as_they_stand()
    {
        using FrameBuffer literal = TextRenderer.Render("<b>a</b> & b", s_plain);
        using FrameBuffer escaped = TextRenderer.Render("&lt;b&gt;a&lt;/b&gt; &amp; b", s_plain with { Markup = true });
        Assert.True(Pixels.IsSame(literal, escaped));
    }

    [Fact]
    public void Markup_is_obeyed_when_it_is_asked_for()
    {
        using FrameBuffer thin = TextRenderer.Render("a", s_plain);
        using FrameBuffer bold = TextRenderer.Render("<b>a</b>", s_plain with { Markup = true });
        Assert.True(Pixels.Ink(bold) > Pixels.Ink(thin));
    }

    [Theory]
    [InlineData("<b>open")]
    [InlineData("a & b")]
    [InlineData("<nosuchtag>a</nosuchtag>")]
    public void Wrong_markup_is_refused_in_one_sentence(string markup)
    {
        DrawingException error = Assert.Throws<DrawingException>(() => TextRenderer.Render(markup, s_plain with { Markup = true }));
        Assert.Contains("no Pango markup", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\n")]
    public void A_text_without_ink_is_a_transparent_picture(string text)
    {
        using FrameBuffer picture = TextRenderer.Render(text, s_plain);
        Assert.Equal(0, Pixels.Ink(picture));
    }

    [Fact]
    public void A_long_line_wraps_within_its_width()
    {
        using FrameBuffer picture = TextRenderer.Render(string.Join(' ', Enumerable.Repeat("word", 100)), s_plain with { MaxWidth = 300 });
        Assert.InRange(picture.Layout.Width, 150, 300);
        Assert.True(picture.Layout.Height > 400);
    }

    [Fact]
    public void A_long_word_is_broken()
    {
        using FrameBuffer picture = TextRenderer.Render(new string('m', 200), s_plain with { MaxWidth = 300 });
        Assert.InRange(picture.Layout.Width, 150, 300);
    }

    [Fact]
    public void Or_ends_with_an_ellipsis()
    {
        TextStyle style = s_plain with { MaxWidth = 300, Overflow = TextOverflow.Ellipsize };
        using FrameBuffer one = TextRenderer.Render("x", s_plain);
        using FrameBuffer picture = TextRenderer.Render(string.Join(' ', Enumerable.Repeat("word", 100)), style);
        Assert.InRange(picture.Layout.Width, 200, 300);
        Assert.Equal(one.Layout.Height, picture.Layout.Height);
    }

    [Fact]
    public void What_is_higher_than_allowed_is_left_out()
    {
        TextStyle style = s_plain with { MaxWidth = 300, MaxHeight = 110 };
        using FrameBuffer picture = TextRenderer.Render(string.Join(' ', Enumerable.Repeat("word", 100)), style);
        Assert.InRange(picture.Layout.Height, 60, 110);
    }

    [Fact]
    public void A_very_long_text_is_a_picture_of_bounded_size()
    {
        using FrameBuffer picture = TextRenderer.Render(string.Concat(Enumerable.Repeat("0123456789 ", 20_000)), s_plain);
        Assert.InRange(picture.Layout.Width, 1, TextStyle.LargestWidth);
        Assert.InRange(picture.Layout.Height, 1, TextStyle.LargestHeight);
        using FrameBuffer lines = TextRenderer.Render(string.Concat(Enumerable.Repeat("a\n", 4_000)), s_plain);
        Assert.InRange(lines.Layout.Height, 1, TextStyle.LargestHeight);
    }

    [Theory]
    [InlineData("شكرا جزيلا")]
    [InlineData("תודה רבה, 42!")]
    [InlineData("日本語テキスト")]
    [InlineData("नमस्ते")]
    [InlineData("👩‍👩‍👧‍👦 🇩🇪 😀")]
    [InlineData("a\u0301\u0301\u0301\u0301\u0301")]
    [InlineData("\u202Eabc\u202C")]
    [InlineData("\uD83D alone")]
    [InlineData("a\0b")]
    [InlineData("\u0007\u001b[31m")]
    public void Any_script_is_drawn(string text)
    {
        using FrameBuffer picture = TextRenderer.Render(text, s_plain with { OutlineWidth = 2, ShadowColor = Color.Black });
        Assert.True(Pixels.Ink(picture) > 0);
    }

    [Fact]
    public void A_family_that_is_not_installed_is_replaced()
    {
        using FrameBuffer known = TextRenderer.Render("Hello", s_plain with { Font = "Sans" });
        using FrameBuffer unknown = TextRenderer.Render("Hello", s_plain with { Font = "No Such Family 17 \0 Ünïcode," });
        Assert.True(Pixels.Ink(unknown) > Pixels.Ink(known) / 2);
    }

    [Fact]
    public void An_outline_surrounds_the_letters()
    {
        using FrameBuffer plain = TextRenderer.Render("H", s_plain);
        using FrameBuffer outlined = TextRenderer.Render("H", s_plain with { OutlineWidth = 4, OutlineColor = new(255, 0, 0) });
        Assert.Equal(plain.Layout.Width + 8, outlined.Layout.Width);
        Assert.Contains(new Color(255, 0, 0), Pixels.All(outlined));
        Assert.Contains(Color.White, Pixels.All(outlined));
        (int left, int top, _, _) = Pixels.Bounds(outlined, color => color == Color.White);
        Assert.Equal(255, Pixels.At(outlined, left - 3, top + 5).Red);
        Assert.Equal(0, Pixels.At(outlined, left - 3, top + 5).Green);
    }

    [Fact]
    public void A_shadow_lies_below_and_to_the_right()
    {
        TextStyle style = s_plain with { ShadowColor = new(0, 0, 255), ShadowOffset = 6, ShadowBlur = 0 };
        using FrameBuffer picture = TextRenderer.Render("H", style);
        (int textLeft, int textTop, _, _) = Pixels.Bounds(picture, color => color == Color.White);
        (int left, int top, _, _) = Pixels.Bounds(picture, color => color == new Color(0, 0, 255));
        Assert.Equal(Color.White, Pixels.At(picture, textLeft, textTop));
        Assert.True(left > textLeft && top > textTop);
    }

    [Fact]
    public void A_blurred_shadow_fades_out()
    {
        TextStyle style = s_plain with { Color = Color.Transparent, ShadowColor = Color.Black, ShadowOffset = 0, ShadowBlur = 12 };
        using FrameBuffer picture = TextRenderer.Render("H", style);
        int middle = picture.Layout.Height / 2;
        (int left, _, _, _) = Pixels.Bounds(picture, color => color.Alpha == 255);
        Assert.InRange(Pixels.At(picture, left - 4, middle).Alpha, 60, 254);
        Assert.True(Pixels.At(picture, left - 10, middle).Alpha < Pixels.At(picture, left - 4, middle).Alpha);
    }

    [Fact]
    public void A_box_fills_the_picture_and_has_round_corners()
    {
        TextStyle style = s_plain with { BackgroundColor = new(10, 20, 30, 128), Padding = 16, CornerRadius = 12 };
        using FrameBuffer picture = TextRenderer.Render("H", style);
        Assert.Equal(0, Pixels.At(picture, 0, 0).Alpha);
        Color edge = Pixels.At(picture, picture.Layout.Width / 2, 3);
        Assert.Equal(128, edge.Alpha);
        Assert.InRange(edge.Blue, 29, 31);
    }

    [Fact]
    public void Short_lines_are_placed_as_asked()
    {
        int LeftOfSecondLine(TextAlignment alignment)
        {
            using FrameBuffer picture = TextRenderer.Render("wwwwwwwwww\ni", s_plain with { Alignment = alignment });
            int half = picture.Layout.Height / 2 + 8;
            for (int x = 0; x < picture.Layout.Width; x++)
                for (int y = half; y < picture.Layout.Height; y++)
                    if (Pixels.At(picture, x, y).Alpha > 128) return x * 100 / picture.Layout.Width;
            return -1;
        }

        Assert.InRange(LeftOfSecondLine(TextAlignment.Start), 0, 10);
        Assert.InRange(LeftOfSecondLine(TextAlignment.Center), 40, 55);
        Assert.InRange(LeftOfSecondLine(TextAlignment.End), 85, 100);
    }

    [Fact]
    public void Several_threads_draw_the_same_at_once()
    {
        using FrameBuffer expected = TextRenderer.Render("threads", s_plain);
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using FrameBuffer picture = TextRenderer.Render("threads", s_plain);
            Assert.True(Pixels.IsSame(expected, picture));
        });
    }
}
