using System.Net;
using System.Net.Sockets;

namespace Camfx.FFmpeg.Tests;

public sealed class BadInputTests(Clip clip) : IClassFixture<Clip>
{
    [Fact]
    public void AMissingFileIsNamed() => AssertRefused(clip.Path("nowhere.mp4"), AvFailure.NotFound, "does not exist");

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void ANameNoFileCanHaveIsRefused(string path) => AssertRefused(path, AvFailure.NotFound, "check the path");

    [Fact]
    public void ADirectoryIsNamed() => AssertRefused(clip.Folder, AvFailure.IsDirectory, "is a directory");

    [Fact]
    public void AnEmptyFileIsNamed()
    {
        string path = clip.Path("empty.mp4");
        File.WriteAllBytes(path, []);
        AssertRefused(path, AvFailure.Empty, "is empty");
    }

    [Fact]
    public void AFileOfNoKnownFormatIsNamed()
    {
        string path = clip.Path("noise.bin");
        File.WriteAllBytes(path, Noise(100_000));
        AssertRefused(path, AvFailure.UnknownFormat, "no format");
    }

    [SkippableFact]
    public void AnMp4WithoutItsIndexIsCutOff()
    {
        byte[] whole = File.ReadAllBytes(clip.Make("whole.mp4", "-c:v libx264 -pix_fmt yuv420p"));
        string path = clip.Path("cut.mp4");
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        AssertRefused(path, AvFailure.Truncated, "cut off");
    }

    [SkippableTheory]
    [InlineData("sound.wav", "")]
    [InlineData("sound.m4a", "-c:a aac")]
    [InlineData("sound.ogg", "-c:a libvorbis")]
    public void SoundWithoutPicturesIsNamed(string name, string coding) =>
        AssertRefused(clip.Run(name, $"-f lavfi -i sine=duration=1 {coding}"), AvFailure.NoVideo, "no video stream");

    [SkippableFact]
    public void PicturesUpToTheCutComeOut()
    {
        byte[] whole = File.ReadAllBytes(clip.Make("whole.mkv", "-c:v libx264 -pix_fmt yuv420p -g 10"));
        string path = clip.Path("cut.mkv");
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);

        Assert.InRange(CountFrames(path, out _), 10, 40);
    }

    [SkippableTheory]
    [InlineData("damaged.mp4", "-c:v libx264 -pix_fmt yuv420p -g 10")]
    [InlineData("damaged.mkv", "-c:v libx264 -pix_fmt yuv420p -g 10")]
    [InlineData("damaged.avi", "-c:v mjpeg")]
    [InlineData("damaged.webm", "-c:v libvpx -deadline realtime -g 10")]
    [InlineData("damaged.ts", "-c:v libx264 -pix_fmt yuv420p -g 10")]
    public void RubbishInTheMiddleIsSkipped(string name, string coding)
    {
        string whole = clip.Make("whole-" + name, coding + " -movflags +faststart");
        byte[] file = File.ReadAllBytes(whole);
        Noise(file.Length / 10).CopyTo(file, file.Length / 2);
        string path = clip.Path(name);
        File.WriteAllBytes(path, file);

        int frames = CountFrames(path, out long last);

        Assert.InRange(frames, 15, 50);
        Assert.True(last > 1_700_000_000, $"the last picture is at {last} ns: the second half has not been played");
    }

    [SkippableFact]
    public void AStreamWithoutOnePictureIsRefusedAndDoesNotLoop()
    {
        byte[] file = File.ReadAllBytes(clip.Make("hollow-whole.mp4", "-c:v libx264 -pix_fmt yuv420p -movflags +faststart"));
        int data = file.AsSpan().IndexOf("mdat"u8) + 4;
        Noise(file.Length - data).CopyTo(file, data);
        string path = clip.Path("hollow.mp4");
        File.WriteAllBytes(path, file);

        AvException error = Assert.Throws<AvException>(() => CountFrames(path, out _));

        Assert.Equal(AvFailure.Damaged, error.Failure);
    }

    [SkippableFact]
    public void AnUnknownProtocolIsNamed()
    {
        AvException error = Assert.Throws<AvException>(() => VideoReader.OpenUrl("nonsense://host/path"));
        Assert.Contains("nonsense://host/path", error.Message);
        Assert.Contains("protocol", error.Message);
    }

    [SkippableFact]
    public void APathThatLooksLikeAnAddressIsAPath()
    {
        string path = clip.Path("tcp:");
        Directory.CreateDirectory(path);
        string clipPath = Path.Combine(path, "a.mp4");
        File.Copy(clip.Make("plain.mp4", "-c:v libx264 -pix_fmt yuv420p"), clipPath, overwrite: true);
        string previous = Environment.CurrentDirectory;
        Environment.CurrentDirectory = clip.Folder;
        try
        {
            Assert.Equal(50, CountFrames("tcp:/a.mp4", out _));
        }
        finally
        {
            Environment.CurrentDirectory = previous;
        }
    }

    [Fact]
    public async Task CancellingEndsAnOpenThatWaits()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var cancel = new CancellationTokenSource();

        Task<AvException> open = Task.Run(() => Assert.Throws<AvException>(
            () => VideoReader.OpenUrl($"tcp://127.0.0.1:{port}", new VideoReaderOptions { Format = "mjpeg" }, cancel.Token)));
        using TcpClient silent = await listener.AcceptTcpClientAsync();
        await cancel.CancelAsync();

        Assert.Equal(AvFailure.Canceled, (await open).Failure);
    }

    [SkippableFact]
    public async Task CancellingEndsAReadThatWaits()
    {
        byte[] picture = File.ReadAllBytes(clip.Make("one.mjpeg", "-c:v mjpeg -frames:v 10"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var options = new VideoReaderOptions
        {
            Format = "mjpeg",
            Threads = 1,
            InputOptions = new Dictionary<string, string>(StringComparer.Ordinal) { ["probesize"] = "4096", ["analyzeduration"] = "0" },
        };
        using var opened = new ManualResetEventSlim();
        VideoReader? reader = null;
        Task<ReadResult> reading = Task.Run(() =>
        {
            using (reader = VideoReader.OpenUrl($"tcp://127.0.0.1:{port}", options))
            {
                using var frame = new DecodedFrame();
                Assert.Equal(ReadResult.Frame, reader.TryRead(frame));
                opened.Set();
                ReadResult result;
                while ((result = reader.TryRead(frame)) == ReadResult.Frame)
                {
                }

                return result;
            }
        });
        using TcpClient sender = await listener.AcceptTcpClientAsync();
        await sender.GetStream().WriteAsync(picture);
        await Task.WhenAny(reading, Task.Run(opened.Wait));
        reader?.Cancel();

        Assert.Equal(ReadResult.Canceled, await reading);
    }

    private static void AssertRefused(string path, AvFailure failure, string words)
    {
        AvException error = Assert.Throws<AvException>(() => VideoReader.OpenFile(path));
        Assert.Equal(failure, error.Failure);
        Assert.StartsWith($"'{path}' ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    private static int CountFrames(string path, out long last)
    {
        using VideoReader reader = VideoReader.OpenFile(path);
        using var frame = new DecodedFrame();
        last = -1;
        int count = 0;
        while (reader.TryRead(frame) == ReadResult.Frame)
        {
            Assert.True(frame.PresentationTime > last, $"frame {count} goes back from {last} to {frame.PresentationTime}");
            last = frame.PresentationTime;
            count++;
        }

        return count;
    }

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }
}
