using Camfx.Cairo;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

public class ImageEffectTests
{
    // BT.601 limited: red is 82, 90, 240; white is 235.
    private static readonly Color s_red = new(255, 0, 0);

    [Fact]
    public void It_lies_where_it_is_put()
    {
        using PictureFile file = PictureFile.Flat(40, 30, s_red);
        using FrameBuffer source = TestPicture.Flat(160, 120, 16);
        using FrameBuffer result = TestPicture.Apply($"image:path={file.Path},x=20,y=10", source);
        Assert.Equal((20, 10, 59, 39), TestPicture.Difference(source, result));
        Assert.InRange(TestPicture.Luma(result, 30, 20), 80, 84);
        (int u, int v) = TestPicture.Chroma(result, 30, 20);
        Assert.InRange(u, 88, 92);
        Assert.InRange(v, 238, 242);
    }

    [Fact]
    public void An_odd_place_is_the_even_one_before_it()
    {
        using PictureFile file = PictureFile.Flat(41, 31, Color.White);
        using FrameBuffer source = TestPicture.Flat(160, 120, 16);
        using FrameBuffer result = TestPicture.Apply($"image:path={file.Path},x=21,y=11", source);
        Assert.Equal((20, 10, 60, 40), TestPicture.Difference(source, result));
    }

    [Fact]
    public void Its_alpha_lets_the_picture_through()
    {
        using PictureFile file = PictureFile.Of(
            40, 30, (x, _) => Color.White with { Alpha = (byte)(x < 10 ? 0 : x < 20 ? 64 : x < 30 ? 128 : 255) });
        using FrameBuffer source = TestPicture.Flat(160, 120, 35);
        using FrameBuffer result = TestPicture.Apply($"image:path={file.Path},x=0,y=0", source);
        Assert.Equal(35, TestPicture.Luma(result, 4, 10));
        Assert.InRange(TestPicture.Luma(result, 14, 10), 83, 87);
        Assert.InRange(TestPicture.Luma(result, 24, 10), 133, 137);
        Assert.InRange(TestPicture.Luma(result, 34, 10), 234, 235);
    }

    [Fact]
    public void Opacity_comes_on_top_of_it()
    {
        using PictureFile file = PictureFile.Flat(40, 30, Color.White with { Alpha = 128 });
        using FrameBuffer source = TestPicture.Flat(160, 120, 35);
        using FrameBuffer half = TestPicture.Apply($"image:path={file.Path},opacity=0.5", source);
        using FrameBuffer none = TestPicture.Apply($"image:path={file.Path},opacity=0", source);
        Assert.InRange(TestPicture.Luma(half, 20, 15), 82, 88);
        Assert.True(TestPicture.IsSame(source, none));
    }

    [Theory]
    [InlineData("width=80", 80, 60)]
    [InlineData("width=50%", 80, 60)]
    [InlineData("height=50%", 80, 60)]
    [InlineData("width=20,height=60", 20, 15)]
    [InlineData("scale=0.5", 20, 15)]
    [InlineData("scale=2", 80, 60)]
    public void It_is_scaled_and_keeps_its_proportions(string size, int width, int height)
    {
        using PictureFile file = PictureFile.Flat(40, 30, Color.White);
        using FrameBuffer source = TestPicture.Flat(160, 120, 16);
        using FrameBuffer result = TestPicture.Apply($"image:path={file.Path},{size}", source);
        (int left, int top, int right, int bottom) = TestPicture.Difference(source, result, 100);
        Assert.Equal((0, 0), (left, top));
        Assert.InRange(right + 1, width - 1, width);
        Assert.InRange(bottom + 1, height - 1, height);
    }

    [Fact]
    public void One_larger_than_the_camera_is_made_to_fit()
    {
        using PictureFile file = PictureFile.Flat(800, 200, Color.White);
        using FrameBuffer source = TestPicture.Flat(160, 120, 16);
        using FrameBuffer result = TestPicture.Apply($"image:path={file.Path}", source);
        (_, _, int right, int bottom) = TestPicture.Difference(source, result, 100);
        Assert.Equal(159, right);
        Assert.InRange(bottom, 38, 39);
    }

    [Fact]
    public void It_may_reach_over_the_edges()
    {
        using PictureFile file = PictureFile.Flat(40, 30, Color.White);
        using FrameBuffer source = TestPicture.Flat(160, 120, 16);
        using FrameBuffer over = TestPicture.Apply($"image:path={file.Path},x=-21,y=-11", source);
        using FrameBuffer beyond = TestPicture.Apply($"image:path={file.Path},anchor=bottom-right,x=-41,y=-31", source);
        Assert.Equal((0, 0, 17, 17), TestPicture.Difference(source, over));
        Assert.True(TestPicture.IsSame(source, beyond));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using FrameBuffer source = TestPicture.Flat(160, 120, 16);
        CamfxException error = Assert.Throws<CamfxException>(() => TestPicture.Apply("image:path=/no/such/logo.png", source));
        Assert.Equal(ExitCode.NoSuchThing, error.ExitCode);
        Assert.Contains("/no/such/logo.png", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_that_is_no_picture_is_named()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "This is not a picture.");
        try
        {
            using FrameBuffer source = TestPicture.Flat(160, 120, 16);
            CamfxException error = Assert.Throws<CamfxException>(() => TestPicture.Apply($"image:path={path}", source));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
