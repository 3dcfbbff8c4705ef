using Camfx.Frames;
using Camfx.Helper.Placeholder;

namespace Camfx.Helper.Tests.Placeholder;

public sealed unsafe class CardPictureTests
{
    private static readonly CardText s_text = new("camfx Küche", "Camera off", "Start camfx to see a picture here: systemctl --user start camfx.");

    public static TheoryData<PixelFormat> Formats { get; } = new(PixelFormatInfo.All.Select(info => info.Format).Where(format => format != PixelFormat.Mjpeg));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_shows_the_same_card(PixelFormat format)
    {
        foreach ((int width, int height) in new[] { (320, 240), (161, 121), (1280, 720) })
        {
            using CardPicture reference = Draw(PixelFormat.Gray8, width, height);
            using CardPicture picture = Draw(format, width, height);
            int worst = 0;
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    worst = Math.Max(worst, Math.Abs(Luma(picture.View, x, y) - reference.View.Row(0, y)[x]));
            Assert.InRange(worst, 0, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_ground_has_its_colour_in_every_corner(PixelFormat format)
    {
        using CardPicture picture = Draw(format, 162, 121);
        foreach ((int x, int y) in new[] { (0, 0), (161, 0), (0, 120), (161, 120), (0, 60) })
        {
            Assert.Equal(38, Luma(picture.View, x, y));
            if (format is PixelFormat.I420) Assert.Equal((131, 126), (picture.View.Row(1, y / 2)[x / 2], picture.View.Row(2, y / 2)[x / 2]));
            if (format is PixelFormat.Yuyv) Assert.Equal((131, 126), (picture.View.Row(0, y)[x / 2 * 4 + 1], picture.View.Row(0, y)[x / 2 * 4 + 3]));
        }
    }

    [Fact]
    public void Another_text_is_another_picture_and_the_first_comes_back()
    {
        using CardPicture picture = Draw(PixelFormat.Yuyv, 640, 360);
        byte[] first = Bytes(picture);
        picture.Draw(s_text with { Reason = "The camera is starting." });
        Assert.NotEqual(first, Bytes(picture));
        picture.Draw(s_text);
        Assert.Equal(first, Bytes(picture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0000\n\t\u202e")]
    [InlineData("日本語 カメラ")]
    [InlineData("%s%n%1000000d")]
    public void Any_name_can_be_drawn(string name)
    {
        using CardPicture picture = new(FrameLayout.Packed(PixelFormat.Yuyv, 640, 360));
        picture.Draw(new CardText(name, name, name));
        Assert.True(Bytes(picture).Max() > 100);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(17, 4096)]
    [InlineData(4096, 17)]
    public void Any_size_can_be_drawn(int width, int height)
    {
        using CardPicture picture = Draw(PixelFormat.I420, width, height);
        Assert.True(Bytes(picture).Max() > 60);
    }

    [Fact]
    public void A_long_reason_stays_inside_the_picture()
    {
        using CardPicture picture = new(FrameLayout.Packed(PixelFormat.Gray8, 320, 240));
        picture.Draw(s_text with { Reason = string.Concat(Enumerable.Repeat("Donaudampfschifffahrtsgesellschaft", 40)) });
        for (int y = 0; y < 240; y++)
        {
            Assert.Equal(38, picture.View.Row(0, y)[8]);
            Assert.Equal(38, picture.View.Row(0, y)[311]);
        }
    }

    private static CardPicture Draw(PixelFormat format, int width, int height)
    {
        CardPicture picture = new(FrameLayout.Packed(format, width, height));
        picture.Draw(s_text);
        return picture;
    }

    private static byte[] Bytes(CardPicture picture) =>
        new ReadOnlySpan<byte>(picture.View.Plane(0), picture.View.Stride(0) * picture.View.Height).ToArray();

    private static int Luma(in FrameView view, int x, int y)
    {
        byte* row = view.Row(0, y);
        return view.Format switch
        {
            PixelFormat.Yuyv => row[x * 2],
            PixelFormat.Uyvy => row[x * 2 + 1],
            PixelFormat.Bgra => FromRgb(row[x * 4 + 2], row[x * 4 + 1], row[x * 4]),
            PixelFormat.Rgba => FromRgb(row[x * 4], row[x * 4 + 1], row[x * 4 + 2]),
            PixelFormat.Bgr24 => FromRgb(row[x * 3 + 2], row[x * 3 + 1], row[x * 3]),
            PixelFormat.Rgb24 => FromRgb(row[x * 3], row[x * 3 + 1], row[x * 3 + 2]),
            _ => row[x],
        };
    }

    private static int FromRgb(int red, int green, int blue) => (int)Math.Round(16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255);
}
