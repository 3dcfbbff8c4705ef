using System.Buffers.Binary;
using Camfx.Frames;

namespace Camfx.FFmpeg.Tests;

public sealed unsafe class VideoReaderTests(Clip clip) : IClassFixture<Clip>
{
    private const long Second = 1_000_000_000;

    [SkippableTheory]
    [InlineData("h264.mp4", "-c:v libx264 -pix_fmt yuv420p", "h264", PixelFormat.I420)]
    [InlineData("h264.mkv", "-c:v libx264 -pix_fmt yuv420p -bf 3", "h264", PixelFormat.I420)]
    [InlineData("vp8.webm", "-c:v libvpx -deadline realtime", "vp8", PixelFormat.I420)]
    [InlineData("vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8", "vp9", PixelFormat.I420)]
    [InlineData("mjpeg.avi", "-c:v mjpeg -pix_fmt yuvj422p", "mjpeg", PixelFormat.I422)]
    [InlineData("raw.nut", "-c:v rawvideo -pix_fmt bgra", "rawvideo", PixelFormat.Bgra)]
    [InlineData("nv12.nut", "-c:v rawvideo -pix_fmt nv12", "rawvideo", PixelFormat.Nv12)]
    [InlineData("yuyv.nut", "-c:v rawvideo -pix_fmt yuyv422", "rawvideo", PixelFormat.Yuyv)]
    public void EveryFrameComesOnceInOrderAndAtItsTime(string name, string coding, string codec, PixelFormat format)
    {
        using VideoReader reader = VideoReader.OpenFile(clip.Make(name, coding));
        using var frame = new DecodedFrame();

        Assert.Equal((320, 240, codec, 0), (reader.Width, reader.Height, reader.CodecName, reader.Rotation));
        Assert.Equal(25, reader.FrameRate.Value, 0.01);
        int count = 0;
        while (reader.TryRead(frame) == ReadResult.Frame)
        {
            Assert.InRange(frame.PresentationTime - count * Second / 25, -2_000_000, 2_000_000);
            Assert.InRange(frame.Duration, Second / 26, Second / 24);
            Assert.Equal((format, 320, 240), (frame.View.Format, frame.View.Width, frame.View.Height));
            Assert.False(frame.IsCorrupted);
            count++;
        }

        Assert.Equal(50, count);
        Assert.Equal(0, reader.CorruptedPackets);
        Assert.Equal(ReadResult.EndOfStream, reader.TryRead(frame));
        Assert.True(frame.IsEmpty);
    }

    [SkippableTheory]
    [InlineData("10bit.mkv", 160, 120, "-c:v libx264 -pix_fmt yuv420p10le -preset ultrafast")]
    [InlineData("444.mkv", 161, 121, "-c:v libx264 -pix_fmt yuv444p -preset ultrafast")]
    [InlineData("gbrp.mkv", 161, 121, "-c:v ffv1 -pix_fmt gbrp")]
    [InlineData("gbrp10.mkv", 1, 1, "-c:v ffv1 -pix_fmt gbrp10le")]
    public void OtherFormatsBecomeI420OfTheSameColours(string name, int width, int height, string coding)
    {
        const string Red = "color=c=#ff0000:size=320x240:rate=25:duration=1";
        using VideoReader reader = VideoReader.OpenFile(clip.Make(name, $"-vf format=gbrp,scale={width}:{height} {coding}", Red));
        using var frame = new DecodedFrame();

        for (int i = 0; i < 25; i++) Assert.Equal(ReadResult.Frame, reader.TryRead(frame));

        Assert.Equal((PixelFormat.I420, width, height), (frame.View.Format, frame.View.Width, frame.View.Height));
        Assert.Equal((ColorMatrix.Bt601, ColorRange.Limited), (frame.View.Matrix, frame.View.Range));
        AssertPixel(frame.View, width - 1, height - 1, 82, 90, 240);
        AssertPixel(frame.View, 0, 0, 82, 90, 240);
        Assert.Equal(ReadResult.EndOfStream, reader.TryRead(frame));
    }

    [SkippableFact]
    public void APictureStoredBottomUpStandsUpright()
    {
        // ffmpeg writes rows downwards and says so with a negative height; without the sign they go upwards, blue below.
        byte[] file = File.ReadAllBytes(
            clip.Make("down.avi", "-vf drawbox=h=24:c=blue:t=fill -c:v rawvideo -pix_fmt bgr24", "color=c=#ff0000:size=64x48:rate=5:duration=1"));
        int height = file.AsSpan().IndexOf("strf"u8) + 16;
        Assert.Equal(-48, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(height)));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(height), 48);
        string path = clip.Path("up.avi");
        File.WriteAllBytes(path, file);
        using VideoReader reader = VideoReader.OpenFile(path);
        using var frame = new DecodedFrame();

        Assert.Equal(ReadResult.Frame, reader.TryRead(frame));

        Assert.True(frame.View.Stride(0) > 0, "the stride is negative");
        Assert.Equal(PixelFormat.I420, frame.View.Format);
        AssertPixel(frame.View, 30, 4, 82, 90, 240);
        AssertPixel(frame.View, 30, 44, 41, 240, 110);
    }

    [SkippableFact]
    public void AlphaIsKeptAsBgra()
    {
        using VideoReader reader = VideoReader.OpenFile(
            clip.Make("alpha.mkv", "-vf format=rgba,colorchannelmixer=aa=0.5 -c:v ffv1 -pix_fmt yuva420p", "color=c=#00ff00:size=64x48:rate=5:duration=1"));
        using var frame = new DecodedFrame();

        Assert.Equal(ReadResult.Frame, reader.TryRead(frame));

        Assert.Equal(PixelFormat.Bgra, frame.View.Format);
        byte* pixel = frame.View.Row(0, 47) + 63 * 4;
        Assert.InRange(pixel[0], 0, 4);
        Assert.InRange(pixel[1], 250, 255);
        Assert.InRange(pixel[2], 0, 4);
        Assert.InRange(pixel[3], 126, 129);
    }

    [SkippableFact]
    public void ColoursAreThoseOfTheBars()
    {
        // SMPTE bars of the lavfi source: the first is 75 % grey, the last blue; limited BT.601 codes.
        using VideoReader reader = VideoReader.OpenFile(
            clip.Make("bars.mp4", "-c:v libx264 -qp 1 -pix_fmt yuv420p", "smptebars=size=320x240:rate=25:duration=1"));
        using var frame = new DecodedFrame();

        Assert.Equal(ReadResult.Frame, reader.TryRead(frame));

        AssertPixel(frame.View, 10, 20, 180, 128, 128);
        AssertPixel(frame.View, 310, 20, 35, 212, 114);
    }

    [SkippableTheory]
    [InlineData("small.nut", "640x480", "-pix_fmt yuv420p", ColorMatrix.Bt601, ColorRange.Limited)]
    [InlineData("film.nut", "1280x544", "-pix_fmt yuv420p", ColorMatrix.Bt709, ColorRange.Limited)]
    [InlineData("hd.nut", "1920x1080", "-pix_fmt yuv420p", ColorMatrix.Bt709, ColorRange.Limited)]
    [InlineData("photo.avi", "1280x720", "-c:v mjpeg -pix_fmt yuvj420p", ColorMatrix.Bt601, ColorRange.Full)]
    [InlineData("said.mkv", "320x240", "-c:v libx264 -pix_fmt yuv420p -colorspace bt709 -color_range pc", ColorMatrix.Bt709, ColorRange.Full)]
    public void ColourMeaningIsCarriedOrJudgedBySize(string name, string size, string coding, ColorMatrix matrix, ColorRange range)
    {
        using VideoReader reader = VideoReader.OpenFile(clip.Make(name, coding, $"testsrc=size={size}:rate=5:duration=0.4"));
        using var frame = new DecodedFrame();

        Assert.Equal(ReadResult.Frame, reader.TryRead(frame));

        Assert.Equal((matrix, range), (frame.View.Matrix, frame.View.Range));
    }

    [SkippableTheory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void RotationIsReadFromTheContainer(int clockwise)
    {
        // -metadata rotate= went away with FFmpeg 7, -display_rotation came with 6: the matrix is patched in, as the container has it.
        string path = clip.Path($"rotated{clockwise}.mp4");
        byte[] file = File.ReadAllBytes(clip.Make("upright.mp4", "-c:v libx264 -pix_fmt yuv420p"));
        Mp4.SetRotation(file, clockwise);
        File.WriteAllBytes(path, file);

        using VideoReader reader = VideoReader.OpenFile(path);

        Assert.Equal(clockwise, reader.Rotation);
        Assert.Equal((320, 240), (reader.Width, reader.Height));
    }

    [SkippableFact]
    public void VariableRatesKeepTheirTimes()
    {
        // Frames 0–9 at 25 a second, then every fifth.
        string path = clip.Make(
            "vfr.mkv", "-vf select='lt(n,10)+not(mod(n,5))' -fps_mode vfr -c:v libx264 -pix_fmt yuv420p");
        using VideoReader reader = VideoReader.OpenFile(path);
        using var frame = new DecodedFrame();
        var times = new List<long>();

        while (reader.TryRead(frame) == ReadResult.Frame) times.Add(frame.PresentationTime / 1_000_000);

        Assert.Equal([.. Enumerable.Range(0, 10).Select(n => n * 40L), .. Enumerable.Range(2, 8).Select(n => n * 200L)], times);
    }

    [SkippableTheory]
    [InlineData("h264.mp4", "-c:v libx264 -pix_fmt yuv420p")]
    [InlineData("gop.mkv", "-c:v libx264 -pix_fmt yuv420p -g 250 -bf 2")]
    [InlineData("mjpeg.avi", "-c:v mjpeg -pix_fmt yuvj422p")]
    public void SeekGivesTheFrameShownAtThatTime(string name, string coding)
    {
        using VideoReader reader = VideoReader.OpenFile(clip.Make(name, coding));
        using var frame = new DecodedFrame();
        foreach (long milliseconds in (long[])[1500, 200, 0, 1960, 1010])
        {
            reader.Seek(milliseconds * 1_000_000);

            Assert.Equal(ReadResult.Frame, reader.TryRead(frame));
            Assert.InRange(frame.PresentationTime / 1_000_000, milliseconds / 40 * 40 - 1, milliseconds / 40 * 40 + 1);
        }
    }

    [SkippableTheory]
    [InlineData("h264.mp4", "-c:v libx264 -pix_fmt yuv420p")]
    [InlineData("vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8")]
    [InlineData("bare.h264", "-c:v libx264 -pix_fmt yuv420p")]
    [InlineData("bare.mjpeg", "-c:v mjpeg -pix_fmt yuvj420p")]
    public void AFileCanBePlayedAgainAndAgain(string name, string coding)
    {
        using VideoReader reader = VideoReader.OpenFile(clip.Make(name, coding));
        using var frame = new DecodedFrame();
        for (int round = 0; round < 4; round++)
        {
            int count = 0;
            long last = -1;
            while (reader.TryRead(frame) == ReadResult.Frame)
            {
                if (count == 0) Assert.Equal(0, frame.PresentationTime);
                Assert.True(frame.PresentationTime > last, $"frame {count} of round {round} goes back to {frame.PresentationTime}");
                last = frame.PresentationTime;
                count++;
            }

            Assert.Equal(50, count);
            reader.Seek(0);
        }
    }

    [SkippableFact]
    public void GluedRecordingsGoOnWithoutAStep()
    {
        byte[] one = File.ReadAllBytes(clip.Make("one.ts", "-c:v libx264 -pix_fmt yuv420p"));
        string path = clip.Path("glued.ts");
        File.WriteAllBytes(path, [.. one, .. one]);
        using VideoReader reader = VideoReader.OpenFile(path);
        using var frame = new DecodedFrame();
        int count = 0;

        for (; reader.TryRead(frame) == ReadResult.Frame; count++)
            Assert.InRange(frame.PresentationTime - count * Second / 25, -2_000_000, 2_000_000);

        Assert.Equal(100, count);
    }

    [SkippableTheory]
    [InlineData("cover.mp4", "-i {1}", 320)]
    [InlineData("cover.mp3", "-f lavfi -i sine=duration=1", 640)]
    public void ACoverIsShownOnlyWhenThereIsNoFilm(string name, string content, int width)
    {
        string cover = clip.Make("cover.jpg", "-frames:v 1", "color=c=blue:size=640x480"), film = clip.Make("h264.mp4", "-c:v libx264 -pix_fmt yuv420p");
        string path = clip.Run(
            name, $"-i {cover} {string.Format(content, cover, film)} -map 0 -map 1 -c:v copy -disposition:v:0 attached_pic");
        using VideoReader reader = VideoReader.OpenFile(path);
        using var frame = new DecodedFrame();

        Assert.Equal(ReadResult.Frame, reader.TryRead(frame));

        Assert.Equal(width, frame.View.Width);
    }

    [SkippableFact]
    public void APixelThatIsNotSquareIsReported()
    {
        using VideoReader reader = VideoReader.OpenFile(clip.Make("wide.mkv", "-vf setsar=16/11 -c:v libx264 -pix_fmt yuv420p"));
        Assert.Equal(new Rational(16, 11), reader.SampleAspectRatio);
    }

    [SkippableFact]
    public void ATokenEndsReadingToo()
    {
        using var cancel = new CancellationTokenSource();
        using VideoReader reader = VideoReader.OpenFile(clip.Make("h264.mp4", "-c:v libx264 -pix_fmt yuv420p"), null, cancel.Token);
        using var frame = new DecodedFrame();
        Assert.Equal(ReadResult.Frame, reader.TryRead(frame));

        cancel.Cancel();

        Assert.Equal(ReadResult.Canceled, reader.TryRead(frame));
        Assert.True(frame.IsEmpty);
    }

    [SkippableFact]
    public void AFrameOutlivesItsReaderAndTheFramesAfterIt()
    {
        using var kept = new DecodedFrame();
        using var second = new DecodedFrame();
        using var next = new DecodedFrame();
        int before;
        using (VideoReader reader = VideoReader.OpenFile(clip.Make("h264.mp4", "-c:v libx264 -pix_fmt yuv420p")))
        {
            Assert.Equal(ReadResult.Frame, reader.TryRead(kept));
            before = Checksum(kept.View);
            second.ReferTo(kept);
            Assert.True(kept.View.Plane(0) == second.View.Plane(0), "a reference has been copied");
            while (reader.TryRead(next) == ReadResult.Frame) Assert.True(next.View.Plane(0) != kept.View.Plane(0), "the picture has been overwritten");
        }

        kept.Clear();
        next.MoveFrom(second);

        Assert.Equal((true, true, 0L), (kept.IsEmpty, second.IsEmpty, next.PresentationTime));
        Assert.Equal(before, Checksum(next.View));
    }

    [SkippableTheory]
    [InlineData("long.mp4", "-c:v libx264 -pix_fmt yuv420p -preset ultrafast")]
    [InlineData("long10.mkv", "-c:v libx264 -pix_fmt yuv420p10le -preset ultrafast")]
    public void ReadingAllocatesNothing(string name, string coding)
    {
        using VideoReader reader = VideoReader.OpenFile(clip.Make(name, coding, "testsrc=size=160x120:rate=25:duration=10"));
        using var frame = new DecodedFrame();
        for (int i = 0; i < 20; i++) Assert.Equal(ReadResult.Frame, reader.TryRead(frame));

        long before = GC.GetAllocatedBytesForCurrentThread();
        int frames = 0;
        while (frames < 200 && reader.TryRead(frame) == ReadResult.Frame) frames++;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((200, 0), (frames, allocated));
    }

    [SkippableFact]
    public void OpeningAndClosingLeavesNoDescriptorsBehind()
    {
        string path = clip.Make("h264.mp4", "-c:v libx264 -pix_fmt yuv420p");
        string broken = clip.Path("leak.mp4");
        File.WriteAllBytes(broken, File.ReadAllBytes(path)[..2000]);
        using var frame = new DecodedFrame();
        VideoReader.OpenFile(path).Dispose();
        int before = OpenFiles();

        for (int i = 0; i < 50; i++)
        {
            using VideoReader reader = VideoReader.OpenFile(path, new VideoReaderOptions { Threads = 2 });
            Assert.Equal(ReadResult.Frame, reader.TryRead(frame));
            Assert.Throws<AvException>(() => VideoReader.OpenFile(broken));
        }

        Assert.Equal(before, OpenFiles());

        // Other tests of the process open files of their own, so only those of this folder count.
        int OpenFiles() => Directory.GetFiles("/proc/self/fd")
            .Select(fd => new FileInfo(fd).LinkTarget)
            .Count(target => target == path || target == broken);
    }

    private static void AssertPixel(in FrameView view, int x, int y, int luma, int u, int v)
    {
        Assert.InRange(view.Row(0, y)[x], luma - 2, luma + 2);
        Assert.InRange(view.Row(1, y / 2)[x / 2], u - 2, u + 2);
        Assert.InRange(view.Row(2, y / 2)[x / 2], v - 2, v + 2);
    }

    private static int Checksum(in FrameView view)
    {
        var hash = new HashCode();
        for (int y = 0; y < view.Height; y++) hash.AddBytes(new ReadOnlySpan<byte>(view.Row(0, y), view.Width));
        return hash.ToHashCode();
    }
}
