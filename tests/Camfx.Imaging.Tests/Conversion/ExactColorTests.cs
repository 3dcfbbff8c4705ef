using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.Imaging.Tests.Conversion;

/// <summary>The fixed-point arithmetic against the standards' formulas in real numbers.</summary>
public sealed class ExactColorTests
{
    private static readonly ColorMatrix[] s_matrices = [ColorMatrix.Bt601, ColorMatrix.Bt709];
    private static readonly ColorRange[] s_ranges = [ColorRange.Limited, ColorRange.Full];

    [Fact]
    public void Yuv_to_Rgb_is_within_one_of_the_real_value()
    {
        Prop.ForAll<byte, byte, byte>((y, u, v) =>
        {
            foreach ((ColorMatrix matrix, ColorRange range) in Colors())
            {
                Picture rgb = new Picture(PixelFormat.I420, 1, 1, matrix, range).Set(y, u, v).To(PixelFormat.Rgb24);
                (double red, double green, double blue) = RealColor.ToRgb(matrix, range, y, u, v);
                AssertNear(red, rgb[0, 0, 0]);
                AssertNear(green, rgb[0, 1, 0]);
                AssertNear(blue, rgb[0, 2, 0]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Rgb_to_Yuv_is_within_one_of_the_real_value()
    {
        Prop.ForAll<byte, byte, byte>((red, green, blue) =>
        {
            foreach ((ColorMatrix matrix, ColorRange range) in Colors())
            {
                Picture yuv = new Picture(PixelFormat.Rgb24, 1, 1).Set(red, green, blue).To(PixelFormat.I420, matrix, range);
                (double y, double u, double v) = RealColor.ToYuv(matrix, range, red, green, blue);
                AssertNear(y, yuv[0, 0, 0]);
                AssertNear(u, yuv[1, 0, 0]);
                AssertNear(v, yuv[2, 0, 0]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Grey_stays_grey()
    {
        foreach ((ColorMatrix matrix, ColorRange range) in Colors())
        {
            for (int code = 0; code < 256; code++)
            {
                Picture yuv = new Picture(PixelFormat.Rgb24, 1, 1).Set((byte)code, (byte)code, (byte)code).To(PixelFormat.I420, matrix, range);
                Assert.Equal((128, 128), (yuv[1, 0, 0], yuv[2, 0, 0]));
                Picture rgb = yuv.To(PixelFormat.Rgb24);
                Assert.Equal((rgb[0, 0, 0], rgb[0, 0, 0]), (rgb[0, 1, 0], rgb[0, 2, 0]));
                Assert.InRange(rgb[0, 0, 0], code - 1, code + 1);
            }
        }
    }

    [Fact]
    public void Yuv_to_another_Yuv_is_within_one_of_the_real_value()
    {
        Prop.ForAll<byte, byte, byte>((y, u, v) =>
        {
            foreach ((ColorMatrix fromMatrix, ColorRange fromRange) in Colors())
            {
                foreach ((ColorMatrix toMatrix, ColorRange toRange) in Colors())
                {
                    Picture result = new Picture(PixelFormat.I422, 1, 1, fromMatrix, fromRange).Set(y, u, v).To(PixelFormat.Nv12, toMatrix, toRange);
                    (double red, double green, double blue) = RealColor.ToRgb(fromMatrix, fromRange, y, u, v);
                    (double newY, double newU, double newV) = RealColor.ToYuv(toMatrix, toRange, red, green, blue);
                    AssertNear(newY, result[0, 0, 0]);
                    AssertNear(newU, result[1, 0, 0]);
                    AssertNear(newV, result[1, 1, 0]);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Chroma_is_that_of_the_four_pixels_together()
    {
        // Red and blue in a checkerboard: the mean, not the chroma of one corner.
        Picture yuv = new Picture(PixelFormat.Rgb24, 2, 2).Set(255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 0, 0, 0).To(PixelFormat.I420);
        (_, double u, double v) = RealColor.ToYuv(ColorMatrix.Bt601, ColorRange.Limited, 127.5, 0, 127.5);
        AssertNear(u, yuv[1, 0, 0]);
        AssertNear(v, yuv[2, 0, 0]);
    }

    private static IEnumerable<(ColorMatrix Matrix, ColorRange Range)> Colors() =>
        from matrix in s_matrices from range in s_ranges select (matrix, range);

    private static void AssertNear(double expected, byte actual) =>
        Assert.InRange(actual, Math.Clamp(expected, 0, 255) - 1, Math.Clamp(expected, 0, 255) + 1);
}
