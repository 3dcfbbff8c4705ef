namespace Camfx.Frames.Tests;

public sealed class FrameViewTests
{
    [Theory]
    [InlineData(PixelFormat.I420, 5, 3)]
    [InlineData(PixelFormat.Nv12, 6, 4)]
    [InlineData(PixelFormat.I422, 6, 3)]
    [InlineData(PixelFormat.Yuyv, 7, 2)]
    [InlineData(PixelFormat.Rgb24, 5, 2)]
    [InlineData(PixelFormat.Bgra, 3, 3)]
    [InlineData(PixelFormat.Gray8, 4, 4)]
    public void A_copy_has_every_pixel_whatever_the_strides_and_leaves_the_paddings(PixelFormat format, int width, int height)
    {
        var packed = FrameLayout.Packed(format, width, height);
        using var source = new FrameBuffer(packed, ColorMatrix.Bt601, ColorRange.Limited);
        for (int at = 0; at < source.Size; at++) source.Bytes[at] = (byte)(at + 1);
        using var wide = new FrameBuffer(Spread(packed, 16), ColorMatrix.Bt601, ColorRange.Limited);
        wide.Bytes.Fill(0xee);
        source.View.CopyTo(wide.View);
        using var back = new FrameBuffer(packed, ColorMatrix.Bt601, ColorRange.Limited);
        wide.View.CopyTo(back.View);
        for (int plane = 0; plane < packed.PlaneCount; plane++)
        {
            for (int y = 0; y < packed.Rows(plane); y++)
            {
                Assert.Equal(Row(source.View, packed, plane, y), Row(back.View, packed, plane, y));
                Assert.Equal(0xee, wide.Bytes[wide.Layout.Offset(plane) + y * wide.Layout.Stride(plane) + packed.RowBytes(plane)]);
            }
        }
    }

    [Theory]
    [InlineData(PixelFormat.Yuyv, 8, 4)]
    [InlineData(PixelFormat.Uyvy, 8, 6)]
    [InlineData(PixelFormat.Uyvy, 6, 4)]
    public void Views_of_another_format_or_size_are_refused(PixelFormat format, int width, int height)
    {
        using var source = new FrameBuffer(FrameLayout.Packed(PixelFormat.Uyvy, 8, 4), ColorMatrix.Bt601, ColorRange.Limited);
        using var target = new FrameBuffer(FrameLayout.Packed(format, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => source.View.CopyTo(target.View));
        Assert.Contains($"{width}x{height} {format}", refusal.Message, StringComparison.Ordinal);
    }

    private static unsafe byte[] Row(in FrameView view, FrameLayout layout, int plane, int y) =>
        new ReadOnlySpan<byte>(view.Row(plane, y), layout.RowBytes(plane)).ToArray();

    private static FrameLayout Spread(FrameLayout packed, int gap)
    {
        int[] offsets = new int[3], strides = new int[3];
        int end = 0;
        for (int plane = 0; plane < packed.PlaneCount; plane++)
        {
            (offsets[plane], strides[plane]) = (end, packed.Stride(plane) + gap);
            end += strides[plane] * packed.Rows(plane);
        }

        return new FrameLayout(
            packed.Format, packed.Width, packed.Height, offsets[0], strides[0], offsets[1], strides[1], offsets[2], strides[2], end);
    }
}
