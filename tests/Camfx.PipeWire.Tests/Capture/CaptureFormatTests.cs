using Camfx.Frames;
using Camfx.PipeWire.Spa;

namespace Camfx.PipeWire.Tests.Capture;

public sealed class CaptureFormatTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_wish_names_every_format_and_one_size_or_any(bool anySize)
    {
        Span<byte> memory = stackalloc byte[512];
        PodBuilder builder = new(memory);
        CaptureFormat.WriteWish(ref builder, 640, 480, anySize);
        Assert.True(PodReader.TryRead(builder.Written, out PodReader pod));
        Assert.True(FormatOffer.TryRead(pod, out OfferedFormat offer));
        Assert.Equal((PixelFormat.I420, false, 640, 480, !anySize, true),
            (offer.Format, offer.IsOneFormat, offer.Width, offer.Height, offer.IsOneSize, offer.IsRateRange));
        Assert.True(pod.TryGetProperty(SpaConstants.FormatVideoFormat, out PodReader formats));
        Assert.Equal(12, formats.Count);
    }

    [Theory]
    [InlineData(2, PixelFormat.I420)]
    [InlineData(8, PixelFormat.Bgra)]
    [InlineData(7, PixelFormat.Rgba)]
    [InlineData(12, PixelFormat.Bgra)]
    [InlineData(15, PixelFormat.Rgb24)]
    [InlineData(25, PixelFormat.Gray8)]
    public void What_was_agreed_upon_is_read(uint id, PixelFormat format)
    {
        Assert.True(TryRead(id, 320, 200, 0, 0, out CaptureFormat agreed));
        Assert.Equal(new CaptureFormat(format, 320, 200, ColorMatrix.Bt601, ColorRange.Limited, 30), agreed);
    }

    [Fact]
    public void Colours_are_as_the_node_says()
    {
        Assert.True(TryRead(2, 320, 200, 1, 3, out CaptureFormat agreed));
        Assert.Equal((ColorMatrix.Bt709, ColorRange.Full), (agreed.Matrix, agreed.Range));
        Assert.True(TryRead(2, 320, 200, 2, 4, out agreed));
        Assert.Equal((ColorMatrix.Bt601, ColorRange.Limited), (agreed.Matrix, agreed.Range));
    }

    [Theory]
    [InlineData(3, 320, 200)]
    [InlineData(0, 320, 200)]
    [InlineData(2, 0, 200)]
    [InlineData(2, 320, 20000)]
    public void What_was_not_asked_for_is_refused(uint id, uint width, uint height) => Assert.False(TryRead(id, width, height, 0, 0, out _));

    private static bool TryRead(uint id, uint width, uint height, uint range, uint matrix, out CaptureFormat format)
    {
        Span<byte> memory = stackalloc byte[512];
        PodBuilder builder = new(memory);
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectFormat, SpaConstants.ParamFormat);
        builder.Property(SpaConstants.FormatMediaType);
        builder.Id(SpaConstants.MediaTypeVideo);
        builder.Property(SpaConstants.FormatMediaSubtype);
        builder.Id(SpaConstants.MediaSubtypeRaw);
        builder.Property(SpaConstants.FormatVideoFormat);
        builder.Id(id);
        builder.Property(SpaConstants.FormatVideoSize);
        builder.Rectangle(width, height);
        builder.Property(SpaConstants.FormatVideoFramerate);
        builder.Fraction(30, 1);
        builder.Property(SpaConstants.FormatVideoColorRange);
        builder.Id(range);
        builder.Property(SpaConstants.FormatVideoColorMatrix);
        builder.Id(matrix);
        builder.End(frame);
        Assert.True(PodReader.TryRead(builder.Written, out PodReader pod));
        return CaptureFormat.TryRead(pod, out format);
    }
}
