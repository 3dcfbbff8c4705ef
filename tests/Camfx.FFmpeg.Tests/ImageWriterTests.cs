using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.FFmpeg.Tests;

public sealed unsafe class ImageWriterTests(Clip clip) : IClassFixture<Clip>
{
    public static TheoryData<PixelFormat, string, int, int> Formats
    {
        get
        {
            var data = new TheoryData<PixelFormat, string, int, int>();
            foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
            {
                if (format is PixelFormat.Unknown or PixelFormat.Mjpeg) continue;
                data.Add(format, ".png", 64, 48);
                data.Add(format, ".jpg", 64, 48);
                data.Add(format, ".png", 33, 17);
                data.Add(format, ".JPEG", 1, 1);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void EveryFormatIsWrittenInItsColours(PixelFormat format, string extension, int width, int height)
    {
        using FrameBuffer picture = Flat(format, width, height, ColorMatrix.Bt601, ColorRange.Limited);
        string path = clip.Path($"{format}-{width}{extension}");

        ImageWriter.Save(picture.View, path);

        AssertOrange(path, width, height, format == PixelFormat.Gray8);
    }

    [Theory]
    [InlineData(ColorMatrix.Bt709, ColorRange.Limited, ".png")]
    [InlineData(ColorMatrix.Bt709, ColorRange.Limited, ".jpg")]
    [InlineData(ColorMatrix.Bt709, ColorRange.Full, ".jpg")]
    [InlineData(ColorMatrix.Bt601, ColorRange.Full, ".png")]
    [InlineData(ColorMatrix.Bt601, ColorRange.Full, ".jpg")]
    public void MatrixAndRangeAreHeeded(ColorMatrix matrix, ColorRange range, string extension)
    {
        using FrameBuffer picture = Flat(PixelFormat.I420, 64, 48, matrix, range);
        string path = clip.Path($"{matrix}{range}{extension}");

        ImageWriter.Save(picture.View, path);

        AssertOrange(path, 64, 48, isGrey: false);
    }

    [Fact]
    public void AnExistingFileIsReplacedAndALinkIsFollowed()
    {
        using FrameBuffer picture = Flat(PixelFormat.Bgra, 8, 8, ColorMatrix.Bt601, ColorRange.Full);
        string folder = Directory.CreateDirectory(clip.Path("replace")).FullName;
        string file = Path.Combine(folder, "file.png"), link = Path.Combine(folder, "link.png");
        File.WriteAllText(file, "old");
        File.CreateSymbolicLink(link, file);

        ImageWriter.Save(picture.View, link);

        Assert.Equal(file, new FileInfo(link).LinkTarget);
        AssertOrange(file, 8, 8, isGrey: false);
        Assert.Equal([file, link], Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AFullDiskIsSaidInOneSentence()
    {
        using FrameBuffer picture = Flat(PixelFormat.Bgra, 8, 8, ColorMatrix.Bt601, ColorRange.Full);
        string link = clip.Path("full.png");
        File.CreateSymbolicLink(link, "/dev/full");

        AvException error = Assert.Throws<AvException>(() => ImageWriter.Save(picture.View, link));

        Assert.Equal(AvFailure.DiskFull, error.Failure);
        Assert.Equal($"'{link}' could not be written: the disk is full; make room or choose another folder.", error.Message);
        Assert.Equal(FileKind.CharacterDevice, FileStatus.OfPath("/dev/full")?.Kind);
    }

    [Fact]
    public void AFailedWriteLeavesNothingBehind()
    {
        using FrameBuffer picture = Flat(PixelFormat.Bgra, 8, 8, ColorMatrix.Bt601, ColorRange.Full);
        string folder = Directory.CreateDirectory(clip.Path("taken")).FullName;
        string target = Directory.CreateDirectory(Path.Combine(folder, "folder.png")).FullName;
        File.WriteAllText(Path.Combine(target, "inside"), "");

        AvException error = Assert.Throws<AvException>(() => ImageWriter.Save(picture.View, target));

        Assert.Equal(AvFailure.IsDirectory, error.Failure);
        Assert.Equal([target], Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("shot.tiff")]
    [InlineData("shot")]
    public void AnotherExtensionIsRefused(string name)
    {
        using FrameBuffer picture = Flat(PixelFormat.Bgra, 8, 8, ColorMatrix.Bt601, ColorRange.Full);
        AvException error = Assert.Throws<AvException>(() => ImageWriter.Save(picture.View, clip.Path(name)));
        Assert.Contains(".png or .jpg", error.Message);
    }

    [Fact]
    public void AMissingFolderIsNamed()
    {
        using FrameBuffer picture = Flat(PixelFormat.Bgra, 8, 8, ColorMatrix.Bt601, ColorRange.Full);
        AvException error = Assert.Throws<AvException>(() => ImageWriter.Save(picture.View, clip.Path("no/such/folder/shot.png")));
        Assert.Equal(AvFailure.NotFound, error.Failure);
    }

    // Orange, #e08020: every channel tells, and so does every mistake of matrix or range.
    private static FrameBuffer Flat(PixelFormat format, int width, int height, ColorMatrix matrix, ColorRange range)
    {
        const double Red = 0xe0, Green = 0x80, Blue = 0x20;
        (double kr, double kb) = matrix == ColorMatrix.Bt709 ? (0.2126, 0.0722) : (0.299, 0.114);
        double luma = kr * Red + (1 - kr - kb) * Green + kb * Blue;
        bool full = range == ColorRange.Full;
        byte y = (byte)Math.Round(full ? luma : 16 + luma * 219 / 255);
        byte u = (byte)Math.Round(128 + (Blue - luma) / (2 * (1 - kb)) * (full ? 1 : 224.0 / 255));
        byte v = (byte)Math.Round(128 + (Red - luma) / (2 * (1 - kr)) * (full ? 1 : 224.0 / 255));
        byte[][] planes = format switch
        {
            PixelFormat.I420 or PixelFormat.I422 => [[y], [u], [v]],
            PixelFormat.Nv12 => [[y], [u, v]],
            PixelFormat.Yuyv => [[y, u, y, v]],
            PixelFormat.Uyvy => [[u, y, v, y]],
            PixelFormat.Bgra => [[0x20, 0x80, 0xe0, 255]],
            PixelFormat.Rgba => [[0xe0, 0x80, 0x20, 255]],
            PixelFormat.Rgb24 => [[0xe0, 0x80, 0x20]],
            PixelFormat.Bgr24 => [[0x20, 0x80, 0xe0]],
            _ => [[y]],
        };
        var buffer = new FrameBuffer(FrameLayout.Packed(format, width, height), matrix, range);
        for (int plane = 0; plane < planes.Length; plane++)
        {
            byte[] pattern = planes[plane];
            for (int row = 0; row < buffer.Layout.Rows(plane); row++)
                for (int i = 0; i < buffer.Layout.Stride(plane); i++) buffer.View.Row(plane, row)[i] = pattern[i % pattern.Length];
        }

        return buffer;
    }

    private static void AssertOrange(string path, int width, int height, bool isGrey)
    {
        using FrameBuffer read = ImageFile.Load(path);
        Assert.Equal((width, height), (read.View.Width, read.View.Height));
        foreach ((int x, int y) in ((int, int)[])[(0, 0), (width - 1, height - 1), (width / 2, height / 2)])
        {
            byte* pixel = read.View.Row(0, y) + x * 4;
            if (isGrey)
            {
                Assert.Equal((pixel[1], pixel[1]), (pixel[0], pixel[2]));
                Assert.InRange(pixel[1], 0x90 - 3, 0x92 + 3);
                continue;
            }

            Assert.InRange(pixel[0], 0x20 - 4, 0x20 + 4);
            Assert.InRange(pixel[1], 0x80 - 3, 0x80 + 3);
            Assert.InRange(pixel[2], 0xe0 - 4, 0xe0 + 4);
            Assert.Equal(255, pixel[3]);
        }
    }
}
