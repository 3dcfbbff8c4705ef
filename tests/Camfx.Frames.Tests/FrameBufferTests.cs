namespace Camfx.Frames.Tests;

public sealed unsafe class FrameBufferTests
{
    [Theory]
    [InlineData(PixelFormat.I420, 1, 1)]
    [InlineData(PixelFormat.Nv12, 641, 361)]
    [InlineData(PixelFormat.Bgra, 1920, 1080)]
    public void IsAlignedZeroedAndCoversItsLayout(PixelFormat format, int width, int height)
    {
        var layout = FrameLayout.Packed(format, width, height);
        using var buffer = new FrameBuffer(layout, ColorMatrix.Bt709, ColorRange.Full);

        Assert.Equal(0, (nint)buffer.View.Plane(0) % FrameBuffer.Alignment);
        Assert.Equal(layout.Size, buffer.Bytes.Length);
        Assert.False(buffer.Bytes.ContainsAnyExcept((byte)0));
        int last = layout.PlaneCount - 1;
        Assert.Equal(
            (nint)buffer.View.Plane(0) + layout.Size, (nint)buffer.View.Row(last, layout.Rows(last)));
        Assert.Equal((ColorMatrix.Bt709, ColorRange.Full), (buffer.View.Matrix, buffer.View.Range));
    }

    [Fact]
    public void ADisposedBufferRefusesItsView()
    {
        var buffer = new FrameBuffer(FrameLayout.Packed(PixelFormat.Gray8, 4, 4), ColorMatrix.Bt601, ColorRange.Limited);
        buffer.Dispose();
        buffer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.View.Width);
        Assert.Throws<ObjectDisposedException>(() => buffer.Bytes.Length);
    }

    [Fact]
    public void ALayoutWithoutBytesIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new FrameBuffer(new FrameLayout(PixelFormat.Gray8, 4, 4, 0, 4), ColorMatrix.Bt601, ColorRange.Limited));
}
