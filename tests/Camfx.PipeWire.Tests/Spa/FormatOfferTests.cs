using Camfx.Frames;
using Camfx.PipeWire.Spa;

namespace Camfx.PipeWire.Tests.Spa;

public sealed class FormatOfferTests
{
    [Fact]
    public void What_is_fixed_reads_as_fixed()
    {
        OfferedFormat offer = Read(static (ref PodBuilder builder) => new VideoFormat(PixelFormat.Nv12, 640, 480, 30000, 1001).Write(ref builder, SpaConstants.ParamEnumFormat));
        Assert.Equal(new OfferedFormat(true, false, 23, true, 640, 480, true, 30000 / 1001.0, false), offer);
        Assert.Equal(PixelFormat.Nv12, offer.Format);
    }

    [Fact]
    public void What_is_left_open_reads_as_open_with_its_preferred_value()
    {
        OfferedFormat offer = Read(static (ref PodBuilder builder) =>
        {
            PodFrame frame = Begin(ref builder, SpaConstants.MediaSubtypeRaw);
            builder.Property(SpaConstants.FormatVideoFormat);
            PodFrame formats = builder.BeginChoice(SpaChoice.Enum);
            builder.Id(4);
            builder.Id(4);
            builder.Id(2);
            builder.End(formats);
            builder.Property(SpaConstants.FormatVideoSize);
            PodFrame sizes = builder.BeginChoice(SpaChoice.Range);
            builder.Rectangle(640, 480);
            builder.Rectangle(2, 1);
            builder.Rectangle(8192, 8192);
            builder.End(sizes);
            builder.Property(SpaConstants.FormatVideoFramerate);
            PodFrame rates = builder.BeginChoice(SpaChoice.Range);
            builder.Fraction(25, 1);
            builder.Fraction(1, 1);
            builder.Fraction(60, 1);
            builder.End(rates);
            builder.End(frame);
        });
        Assert.Equal(new OfferedFormat(true, false, 4, false, 640, 480, false, 25, true), offer);
    }

    [Fact]
    public void Coded_pictures_have_no_raw_format()
    {
        OfferedFormat offer = Read(static (ref PodBuilder builder) => builder.End(Begin(ref builder, SpaConstants.MediaSubtypeMjpeg)));
        Assert.Equal((false, true, PixelFormat.Mjpeg, 0), (offer.IsRaw, offer.IsMjpeg, offer.Format, offer.Width));
    }

    [Fact]
    public void What_is_no_video_is_no_offer()
    {
        Span<byte> memory = stackalloc byte[512];
        PodBuilder builder = new(memory);
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectFormat, SpaConstants.ParamEnumFormat);
        builder.Property(SpaConstants.FormatMediaType);
        builder.Id(1);
        builder.End(frame);
        Assert.True(PodReader.TryRead(builder.Written, out PodReader pod));
        Assert.False(FormatOffer.TryRead(pod, out _));
    }

    private delegate void Writer(ref PodBuilder builder);

    private static PodFrame Begin(ref PodBuilder builder, uint subtype)
    {
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectFormat, SpaConstants.ParamEnumFormat);
        builder.Property(SpaConstants.FormatMediaType);
        builder.Id(SpaConstants.MediaTypeVideo);
        builder.Property(SpaConstants.FormatMediaSubtype);
        builder.Id(subtype);
        return frame;
    }

    private static OfferedFormat Read(Writer write)
    {
        Span<byte> memory = stackalloc byte[512];
        PodBuilder builder = new(memory);
        write(ref builder);
        Assert.True(PodReader.TryRead(builder.Written, out PodReader pod));
        Assert.True(FormatOffer.TryRead(pod, out OfferedFormat offer));
        return offer;
    }
}
