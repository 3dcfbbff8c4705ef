using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Conversion;

/// <summary>Where bytes go between the YUV formats.</summary>
public sealed class RepackTests
{
    [Fact]
    public void Packed_rows_average_their_chroma_upwards()
    {
        Picture packed = new Picture(PixelFormat.Yuyv, 2, 2).Set(1, 10, 2, 20, 3, 13, 4, 20);
        Assert.Equal([1, 2, 3, 4, 12, 20], packed.To(PixelFormat.I420).ToArray());
        Assert.Equal([1, 2, 3, 4, 12, 20], packed.To(PixelFormat.Nv12).ToArray());
    }

    [Fact]
    public void Uyvy_holds_chroma_first()
    {
        Picture packed = new Picture(PixelFormat.Uyvy, 2, 1).Set(10, 1, 20, 2);
        Assert.Equal([1, 2, 10, 20], packed.To(PixelFormat.I420).ToArray());
    }

    [Fact]
    public void Planar_422_averages_its_chroma_rows()
    {
        Picture planar = new Picture(PixelFormat.I422, 2, 2).Set(1, 2, 3, 4, 10, 13, 20, 20);
        Assert.Equal([1, 2, 3, 4, 12, 20], planar.To(PixelFormat.I420).ToArray());
        Assert.Equal([1, 2, 3, 4, 12, 20], planar.To(PixelFormat.Nv12).ToArray());
    }

    [Theory]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.Nv12)]
    public void Both_rows_of_a_packed_pair_get_the_chroma(PixelFormat format)
    {
        Picture planar = new Picture(format, 2, 2).Set(1, 2, 3, 4, 10, 20);
        Assert.Equal([1, 10, 2, 20, 3, 10, 4, 20], planar.To(PixelFormat.Yuyv).ToArray());
        Assert.Equal([10, 1, 20, 2, 10, 3, 20, 4], planar.To(PixelFormat.Uyvy).ToArray());
        Assert.Equal([1, 2, 3, 4, 10, 10, 20, 20], planar.To(PixelFormat.I422).ToArray());
    }

    [Fact]
    public void An_odd_width_repeats_its_last_column_in_packed_rows()
    {
        Picture planar = new Picture(PixelFormat.I420, 1, 1).Set(7, 10, 20);
        Assert.Equal([7, 10, 7, 20], planar.To(PixelFormat.Yuyv).ToArray());
    }

    [Theory]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.I422)]
    [InlineData(PixelFormat.Yuyv)]
    [InlineData(PixelFormat.Uyvy)]
    public void A_way_there_and_back_changes_nothing(PixelFormat format)
    {
        foreach ((int width, int height) in new[] { (1, 1), (2, 3), (33, 5), (641, 7) })
        {
            Picture first = new(PixelFormat.I420, width, height);
            Noise noise = new(7);
            first.Set([.. Enumerable.Range(0, first.ToArray().Length).Select(_ => noise.NextByte())]);
            Assert.Equal(first.ToArray(), first.To(format).To(PixelFormat.I420).ToArray());
        }
    }

    [Fact]
    public void Grey_has_neutral_chroma()
    {
        Assert.Equal([9, 128, 128], new Picture(PixelFormat.Gray8, 1, 1).Set(9).To(PixelFormat.I420).ToArray());
        Assert.Equal([9], new Picture(PixelFormat.I420, 1, 1).Set(9, 1, 2).To(PixelFormat.Gray8).ToArray());
    }

    [Fact]
    public void Other_sizes_colours_and_formats_are_refused_in_a_sentence()
    {
        Picture source = new(PixelFormat.I420, 4, 4);
        ArgumentException size = Assert.Throws<ArgumentException>(() => Converter.Convert(source.View, new Picture(PixelFormat.Nv12, 4, 2).View));
        Assert.Contains("4x2", size.Message, StringComparison.Ordinal);
        ArgumentException color = Assert.Throws<ArgumentException>(() => source.To(PixelFormat.Yuyv, ColorMatrix.Bt709));
        Assert.Contains("Bt709", color.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Picture(PixelFormat.Bgra, 4, 4).To(PixelFormat.Yuyv));
        Assert.False(Converter.CanConvert(PixelFormat.Mjpeg, PixelFormat.I420));
    }
}
