using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Geometry;

public sealed class TransformTests
{
    private delegate void Operation(in FrameView source, in FrameView target);

    [Fact]
    public void Mirror_exchanges_left_and_right_in_all_planes()
    {
        Assert.Equal([3, 2, 1, 6, 5, 4, 11, 10, 21, 20], Run(Transform.Mirror, PixelFormat.I420, 3, 2, 3, 2, 1, 2, 3, 4, 5, 6, 10, 11, 20, 21));
        Assert.Equal([3, 2, 1, 11, 21, 10, 20], Run(Transform.Mirror, PixelFormat.Nv12, 3, 1, 3, 1, 1, 2, 3, 10, 20, 11, 21));
    }

    [Fact]
    public void Flip_exchanges_top_and_bottom() =>
        Assert.Equal([3, 2, 1, 11, 10, 21, 20], Run(Transform.Flip, PixelFormat.I420, 1, 3, 1, 3, 1, 2, 3, 10, 11, 20, 21));

    [Fact]
    public void Rotate90_brings_the_left_bottom_to_the_left_top() =>
        Assert.Equal([4, 1, 5, 2, 6, 3], Run(Transform.Rotate90, PixelFormat.Gray8, 3, 2, 2, 3, 1, 2, 3, 4, 5, 6));

    [Fact]
    public void Rotate270_brings_the_right_top_to_the_left_top() =>
        Assert.Equal([3, 6, 2, 5, 1, 4], Run(Transform.Rotate270, PixelFormat.Gray8, 3, 2, 2, 3, 1, 2, 3, 4, 5, 6));

    [Fact]
    public void Rotate180_reverses_everything() =>
        Assert.Equal([6, 5, 4, 3, 2, 1], Run(Transform.Rotate180, PixelFormat.Gray8, 3, 2, 3, 2, 1, 2, 3, 4, 5, 6));

    [Fact]
    public void Mirror_and_flip_work_in_place()
    {
        foreach (PixelFormat format in new[] { PixelFormat.I420, PixelFormat.Nv12 })
        {
            foreach (Operation operation in new Operation[] { Transform.Mirror, Transform.Flip })
            {
                Picture source = Random(format, 77, 5), target = new(format, 77, 5);
                operation(source.View, target.View);
                operation(source.View, source.View);
                Assert.Equal(target.ToArray(), source.ToArray());
            }
        }
    }

    [Fact]
    public void Four_quarter_turns_change_nothing()
    {
        foreach (PixelFormat format in new[] { PixelFormat.I420, PixelFormat.Nv12, PixelFormat.Gray8 })
        {
            Picture first = Random(format, 50, 36), a = new(format, 36, 50), b = new(format, 50, 36), half = new(format, 50, 36);
            Transform.Rotate90(first.View, a.View);
            Transform.Rotate90(a.View, b.View);
            Transform.Rotate180(first.View, half.View);
            Assert.Equal(half.ToArray(), b.ToArray());
            Transform.Rotate270(a.View, b.View);
            Assert.Equal(first.ToArray(), b.ToArray());
        }
    }

    [Fact]
    public void Crop_copies_the_part()
    {
        Picture source = Random(PixelFormat.I420, 8, 6), target = new(PixelFormat.I420, 4, 2);
        Transform.Crop(source.View, new PixelRectangle(2, 4, 4, 2), target.View);
        Assert.Equal((source[0, 3, 5], source[1, 2, 2], source[2, 1, 2]), (target[0, 1, 1], target[1, 1, 0], target[2, 0, 0]));
    }

    [Theory]
    [InlineData(1, 0, 4, 4)]
    [InlineData(0, 0, 3, 4)]
    [InlineData(0, 0, 10, 4)]
    [InlineData(-2, 0, 4, 4)]
    [InlineData(0, 0, 0, 4)]
    public void A_part_that_leaves_the_picture_or_cuts_a_sample_is_refused(int x, int y, int width, int height) =>
        Assert.Throws<ArgumentException>(() => Region.Of(new Picture(PixelFormat.I420, 8, 6).View, new PixelRectangle(x, y, width, height)));

    [Fact]
    public void An_odd_picture_may_be_taken_to_its_own_edge()
    {
        FrameView part = Region.Of(new Picture(PixelFormat.Nv12, 7, 5).View, new PixelRectangle(4, 2, 3, 3));
        Assert.Equal((3, 3), (part.Width, part.Height));
    }

    private static byte[] Run(Operation operation, PixelFormat format, int width, int height, int targetWidth, int targetHeight, params byte[] pixels)
    {
        Picture source = new Picture(format, width, height).Set(pixels), target = new(format, targetWidth, targetHeight);
        operation(source.View, target.View);
        return target.ToArray();
    }

    private static Picture Random(PixelFormat format, int width, int height)
    {
        Picture picture = new(format, width, height);
        Noise noise = new(11);
        return picture.Set([.. picture.ToArray().Select(_ => noise.NextByte())]);
    }
}
