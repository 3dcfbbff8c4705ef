using System.Buffers.Binary;
using Camfx.Frames;

namespace Camfx.FFmpeg.Tests;

public sealed unsafe class ImageFileTests(Clip clip) : IClassFixture<Clip>
{
    [SkippableTheory]
    [InlineData("a.png", "")]
    [InlineData("a16.png", "-pix_fmt rgb48be")]
    [InlineData("pal.png", "-pix_fmt pal8")]
    [InlineData("a.bmp", "")]
    [InlineData("a.gif", "")]
    [InlineData("a.jpg", "-q:v 1")]
    [InlineData("422.jpg", "-q:v 1 -pix_fmt yuvj422p")]
    [InlineData("a.webp", "-lossless 1")]
    [InlineData("a.tiff", "")]
    [InlineData("first.mp4", "-c:v libx264 -qp 1 -pix_fmt yuv420p")]
    public void EveryFormatLoadsAsBgra(string name, string coding)
    {
        // Left half red, right half blue.
        string path = clip.Make(name, $"-vf drawbox=x=32:w=32:h=32:c=#0000ff:t=fill -frames:v 1 {coding}", "color=c=#ff0000:size=64x32:rate=1:duration=1");

        using FrameBuffer picture = ImageFile.Load(path);

        Assert.Equal((PixelFormat.Bgra, 64, 32), (picture.View.Format, picture.View.Width, picture.View.Height));
        AssertPixel(picture, 4, 16, 0, 0, 255, 255);
        AssertPixel(picture, 60, 31, 255, 0, 0, 255);
    }

    [SkippableTheory]
    [InlineData("gray.png", "-pix_fmt gray")]
    [InlineData("gray.jpg", "-pix_fmt gray -q:v 1")]
    public void GreyKeepsItsRange(string name, string coding)
    {
        string path = clip.Make(name, $"-frames:v 1 {coding}", "color=c=#ffffff:size=16x16:rate=1:duration=1");
        using FrameBuffer picture = ImageFile.Load(path);
        AssertPixel(picture, 8, 8, 255, 255, 255, 255);
    }

    [SkippableTheory]
    [InlineData("clear.png", "")]
    [InlineData("clear.webp", "-lossless 1 -pix_fmt bgra")]
    public void AlphaStaysStraight(string name, string coding)
    {
        string path = clip.Make(
            name, $"-vf format=rgba,colorchannelmixer=aa=0.5 -frames:v 1 {coding}", "color=c=#ff0000:size=6x4:rate=1:duration=1");
        using FrameBuffer picture = ImageFile.Load(path);
        AssertPixel(picture, 5, 3, 0, 0, 255, 128);
    }

    [Fact]
    public void OnePixelIsAPicture()
    {
        using var pixel = new FrameBuffer(FrameLayout.Packed(PixelFormat.Bgra, 1, 1), ColorMatrix.Bt601, ColorRange.Full);
        new byte[] { 10, 20, 30, 255 }.CopyTo(pixel.Bytes);
        string path = clip.Path("pixel.png");
        ImageWriter.Save(pixel.View, path);

        using FrameBuffer picture = ImageFile.Load(path);

        Assert.Equal((1, 1), (picture.View.Width, picture.View.Height));
        AssertPixel(picture, 0, 0, 10, 20, 30, 255);
    }

    [Theory]
    [InlineData("huge.png", 20000, 20000)]
    [InlineData("wide.png", 16385, 1)]
    [InlineData("many.png", 16000, 16000)]
    [InlineData("bomb.png", int.MaxValue, int.MaxValue)]
    public void AHugePngIsRefusedByItsHeader(string name, int width, int height)
    {
        byte[] header = new byte[64];
        new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13 }.CopyTo(header, 0);
        "IHDR"u8.CopyTo(header.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), height);
        AssertTooLarge(name, header, $"{width}x{height}");
    }

    [Fact]
    public void AHugeJpegIsRefusedByItsHeader()
    {
        byte[] header =
        [
            0xff, 0xd8, 0xff, 0xe0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
            0xff, 0xc2, 0, 17, 8, 20000 >> 8, 20000 & 0xff, 20001 >> 8, 20001 & 0xff, 3, .. new byte[32],
        ];
        AssertTooLarge("huge.jpg", header, "20001x20000");
    }

    [SkippableFact]
    public void ALargePictureOfAnotherFormatIsRefusedToo()
    {
        string path = clip.Make("large.webp", "-frames:v 1", "color=size=400x300:rate=1:duration=1");
        AvException error = Assert.Throws<AvException>(() => ImageFile.Load(path, maxPixels: 100_000));
        Assert.StartsWith($"'{path}' ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0, 1, 2, 3, 4, 5)]
    [InlineData(2, 2, 1, 0, 5, 4, 3)]
    [InlineData(3, 5, 4, 3, 2, 1, 0)]
    [InlineData(4, 3, 4, 5, 0, 1, 2)]
    [InlineData(5, 0, 3, 1, 4, 2, 5)]
    [InlineData(6, 3, 0, 4, 1, 5, 2)]
    [InlineData(7, 5, 2, 4, 1, 3, 0)]
    [InlineData(8, 2, 5, 1, 4, 0, 3)]
    public void PhotosAreTurnedUpright(byte exif, params int[] expected)
    {
        // Three blocks by two, of luma 20, 60, 100, 140, 180, 220; a block is 16 pixels, JPEG's own unit.
        using var blocks = new FrameBuffer(FrameLayout.Packed(PixelFormat.Gray8, 48, 32), ColorMatrix.Bt601, ColorRange.Full);
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 48; x++) blocks.Bytes[y * 48 + x] = (byte)(20 + 40 * (y / 16 * 3 + x / 16));
        using var jpeg = new MemoryStream();
        ImageWriter.Encode(blocks.View, ImageFormat.Jpeg, jpeg);
        string path = clip.Path($"exif{exif}.jpg");
        File.WriteAllBytes(path, WithOrientation(jpeg.ToArray(), exif));

        using FrameBuffer picture = ImageFile.Load(path);

        int columns = exif < 5 ? 3 : 2;
        Assert.Equal((columns * 16, 96 / columns), (picture.View.Width, picture.View.Height));
        int[] found = [.. Enumerable.Range(0, 6).Select(i => (picture.View.Row(0, i / columns * 16 + 8)[(i % columns * 16 + 8) * 4] - 20 + 10) / 40)];
        Assert.Equal(expected, found);
    }

    [SkippableTheory]
    [InlineData("100%03d.png")]
    [InlineData("what*.png")]
    [InlineData("a name with spaces, 'quotes' and ü.png")]
    public void NamesAreTakenLiterally(string name)
    {
        string path = clip.Path(name);
        File.Copy(clip.Make("plain.png", "-frames:v 1"), path, overwrite: true);
        using FrameBuffer picture = ImageFile.Load(path);
        Assert.Equal(320, picture.View.Width);
    }

    [SkippableFact]
    public void BadFilesGetOneSentence()
    {
        byte[] png = File.ReadAllBytes(clip.Make("plain.png", "-frames:v 1"));
        AssertRefused("nowhere.png", null, AvFailure.NotFound);
        AssertRefused("empty.png", [], AvFailure.Empty);
        AssertRefused("text.png", [.. "no picture at all, only words, and more of them"u8], AvFailure.Damaged, AvFailure.UnknownFormat);
        AssertRefused("cut.png", png[..40], AvFailure.Damaged);
        AssertRefused("sound.png", File.ReadAllBytes(clip.Run("s.wav", "-f lavfi -i sine=duration=0.1")), AvFailure.NoVideo);
    }

    private void AssertRefused(string name, byte[]? content, params AvFailure[] failures)
    {
        string path = clip.Path(name);
        if (content is not null) File.WriteAllBytes(path, content);
        AvException error = Assert.Throws<AvException>(() => ImageFile.Load(path));
        Assert.Contains(error.Failure, failures);
        Assert.StartsWith($"'{path}' ", error.Message, StringComparison.Ordinal);
    }

    private void AssertTooLarge(string name, byte[] content, string size)
    {
        string path = clip.Path(name);
        File.WriteAllBytes(path, content);
        AvException error = Assert.Throws<AvException>(() => ImageFile.Load(path));
        Assert.Equal(AvFailure.TooLarge, error.Failure);
        Assert.Contains(size, error.Message);
    }

    private static void AssertPixel(FrameBuffer picture, int x, int y, int blue, int green, int red, int alpha)
    {
        byte* pixel = picture.View.Row(0, y) + x * 4;
        Assert.InRange(pixel[0], blue - 3, blue + 3);
        Assert.InRange(pixel[1], green - 3, green + 3);
        Assert.InRange(pixel[2], red - 3, red + 3);
        Assert.InRange(pixel[3], alpha - 1, alpha + 1);
    }

    // An APP1 segment with one tag, 0x0112 (TIFF 6.0, EXIF 2.3), behind the start of image.
    private static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
    [
        0xff, 0xd8, 0xff, 0xe1, 0, 34, .. "Exif"u8, 0, 0, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        .. jpeg.AsSpan(2),
    ];
}
