using Camfx.Frames;

namespace Camfx.PipeWire.Spa.Tests;

public class PodBuilderTests
{
    [SkippableTheory]
    [InlineData("enum-i420", PixelFormat.I420, 1920, 1080, 30, 1)]
    [InlineData("enum-nv12", PixelFormat.Nv12, 1280, 720, 30000, 1001)]
    [InlineData("enum-yuy2", PixelFormat.Yuyv, 642, 482, 25, 1)]
    [InlineData("enum-bgra", PixelFormat.Bgra, 16, 16, 1, 1)]
    public void Offered_format_is_what_the_C_macros_write(string golden, PixelFormat format, uint width, uint height, uint numerator, uint denominator)
    {
        byte[] expected = GoldenPods.Get(golden);
        PodBuilder builder = new(new byte[1024]);
        new VideoFormat(format, width, height, numerator, denominator).Write(ref builder, SpaConstants.ParamEnumFormat);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(builder.Written));
    }

    [SkippableFact]
    public void Buffers_parameter_is_what_the_C_macros_write()
    {
        byte[] expected = GoldenPods.Get("buffers");
        PodBuilder builder = new(new byte[1024]);
        BufferParams.WriteBuffers(ref builder, slots: 6, size: 3112960, stride: 1920);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(builder.Written));
    }

    [SkippableFact]
    public void Header_meta_parameter_is_what_the_C_macros_write()
    {
        byte[] expected = GoldenPods.Get("header-meta");
        PodBuilder builder = new(new byte[1024]);
        BufferParams.WriteHeaderMeta(ref builder);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(builder.Written));
    }

    [SkippableFact]
    public void Choices_are_what_the_C_macros_write()
    {
        byte[] expected = GoldenPods.Get("format-choices");
        PodBuilder builder = new(new byte[1024]);
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectFormat, SpaConstants.ParamEnumFormat);
        builder.Property(SpaConstants.FormatMediaType);
        builder.Id(SpaConstants.MediaTypeVideo);
        builder.Property(SpaConstants.FormatMediaSubtype);
        builder.Id(SpaConstants.MediaSubtypeRaw);
        builder.Property(SpaConstants.FormatVideoFormat);
        PodFrame formats = builder.BeginChoice(SpaChoice.Enum);
        foreach (PixelFormat format in new[] { PixelFormat.Nv12, PixelFormat.Nv12, PixelFormat.I420, PixelFormat.Bgra })
            builder.Id(PixelFormatInfo.Of(format).SpaId);
        builder.End(formats);
        builder.Property(SpaConstants.FormatVideoSize);
        PodFrame sizes = builder.BeginChoice(SpaChoice.Range);
        builder.Rectangle(640, 480);
        builder.Rectangle(16, 16);
        builder.Rectangle(4096, 2160);
        builder.End(sizes);
        builder.Property(SpaConstants.FormatVideoFramerate);
        PodFrame rates = builder.BeginChoice(SpaChoice.Range);
        builder.Fraction(30, 1);
        builder.Fraction(0, 1);
        builder.Fraction(60, 1);
        builder.End(rates);
        builder.End(frame);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(builder.Written));
    }

    [SkippableFact]
    public void Every_kind_of_value_is_what_the_C_functions_write()
    {
        byte[] expected = GoldenPods.Get("every-kind");
        PodBuilder builder = new(new byte[1024]);
        PodFrame frame = builder.BeginStruct();
        builder.Bool(true);
        builder.Id(0x80000001);
        builder.Int(-2);
        builder.Long(-3000000000);
        builder.Float(0.5f);
        builder.Double(-0.25);
        builder.String("camfx é");
        builder.String("");
        builder.Rectangle(640, 480);
        builder.Fraction(30000, 1001);
        PodFrame array = builder.BeginArray();
        builder.Int(7);
        builder.Int(-8);
        builder.Int(9);
        builder.End(array);
        PodFrame step = builder.BeginChoice(SpaChoice.Step);
        builder.Long(4);
        builder.Long(0);
        builder.Long(100);
        builder.Long(2);
        builder.End(step);
        PodFrame list = builder.BeginChoice(SpaChoice.Enum);
        builder.Int(1);
        builder.Int(2);
        builder.Int(3);
        builder.End(list);
        builder.End(frame);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(builder.Written));
    }

    [Fact]
    public void Memory_too_small_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() =>
        {
            PodBuilder builder = new(new byte[40]);
            BufferParams.WriteHeaderMeta(ref builder);
        });
    }

    [Fact]
    public void A_choice_refuses_values_of_two_types()
    {
        Assert.Throws<InvalidOperationException>(() =>
        {
            PodBuilder builder = new(new byte[256]);
            builder.BeginChoice(SpaChoice.Enum);
            builder.Int(1);
            builder.Id(1);
        });
    }
}
