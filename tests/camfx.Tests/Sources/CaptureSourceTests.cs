using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Posix;
using Camfx.Sources;
using Camfx.Sources.Camera;
using Camfx.Tests.Infrastructure;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Tests.Sources;

/// <summary>The source <c>camera:</c> on devices that are played in this process.</summary>
public sealed class CaptureSourceTests : IDisposable
{
    private readonly PlayedDevices _devices = new();

    public void Dispose() => _devices.Dispose();

    [Theory]
    [InlineData(PixelFormat.Yuyv)]
    [InlineData(PixelFormat.Uyvy)]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Gray8)]
    public unsafe void APictureIsConvertedOnceStraightIntoTheCamerasFrame(PixelFormat format)
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device(code: FakeQueueDevice.CodeOf(format)));
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.Await(() => device.IsStreaming, "the camera runs");
        using var seen = new FrameBuffer(
            FrameLayout.Packed(format, PlayedCamera.Width, PlayedCamera.Height), ColorMatrix.Bt601,
            format == PixelFormat.Gray8 ? ColorRange.Full : ColorRange.Limited);
        var bytes = new Span<byte>(seen.View.Plane(0), seen.Size);
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(16 + i % 200);
        long before = MonotonicClock.Now / 1000 * 1000; // A driver tells microseconds.
        device.See(bytes);

        PictureInfo picture = default;
        camera.Await(() => camera.Draw(out picture), "there is a picture");
        using var expected = new FrameBuffer(
            FrameLayout.Packed(PixelFormat.I420, PlayedCamera.Width, PlayedCamera.Height), ColorMatrix.Bt601, ColorRange.Limited);
        Converter.Convert(seen.View, expected.View);
        Assert.True(new Span<byte>(expected.View.Plane(0), PlayedCamera.FrameBytes).SequenceEqual(new Span<byte>(camera.Frame.Plane(0), PlayedCamera.FrameBytes)));
        Assert.InRange(picture.CaptureTime, before, MonotonicClock.Now);

        // The whole of what was copied: one frame of the camera's for each picture drawn.
        Assert.Equal(PlayedCamera.FrameBytes, camera.Source.CopiedBytes);
        Assert.True(camera.Draw(out _));
        Assert.Equal(2 * PlayedCamera.FrameBytes, camera.Source.CopiedBytes);
    }

    [Theory]
    [InlineData("auto", MemoryType.Mmap)]
    [InlineData("mmap", MemoryType.Mmap)]
    [InlineData("userptr", MemoryType.Userptr)]
    [InlineData("read", MemoryType.ReadWrite)]
    public void TheMemoryIsTheOneThatWasAskedFor(string memory, MemoryType expected)
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device());
        using var store = new TemporaryFolder();
        var address = CaptureAddress.Parse(SourceUri.Parse($"camera:?memory={memory}"));
        var found = new FoundCamera(_devices.List()[0], device.Modes[0]);
        using CaptureStream stream = CaptureOpening.Start(_devices, found, address.Memory, new ControlStore(() => store.Path));
        Assert.Equal(expected, stream.Capture.Memory);
    }

    [Fact]
    public void MemoryThatDoesNotExistIsAWrongUri() => Assert.Equal(
        ExitCode.Usage, Assert.Throws<CamfxException>(() => CaptureAddress.Parse(SourceUri.Parse("camera:?memory=gpu"))).ExitCode);

    [Fact]
    public void TheNewestPictureWinsAndTheDriverAlwaysHasABuffer()
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device());
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.See(device, 50);
        long dropped = camera.Source.Dropped;
        for (byte grey = 51; grey < 81; grey++)
        {
            camera.Await(() => device.QueuedBuffers > 0, "the driver has a buffer");
            Assert.True(device.See([grey]));
        }

        camera.Await(() => camera.Source.Dropped >= dropped + 29, "all but one are dropped");
        camera.Await(() => camera.Draw(out _) && camera.Luma() == 80, "the newest is drawn");

        // One more, where a second 50 had not been seen.
        Assert.InRange(camera.Source.Dropped, dropped + 29, dropped + 30);
        Assert.Equal(4, device.Buffers);
        Assert.InRange(device.QueuedBuffers, 2, 4);
    }

    [Fact]
    public void DamagedPicturesAreLeftOutAndCounted()
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device());
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.See(device, 50);
        device.See([99], error: true);
        device.See([99], missing: 100);
        camera.Await(() => camera.Source.Corrupted == 2, "both are counted");
        Assert.True(camera.Draw(out _));
        Assert.Equal(50, camera.Luma());
        camera.See(device, 60);
        Assert.Equal(2, camera.Source.Corrupted);
    }

    [Fact]
    public void ACameraThatOnlyReadsIsCopiedOnceMore()
    {
        FakeCamera device = _devices.Plug(new FakeCamera
        {
            Memories = new HashSet<MemoryType> { MemoryType.ReadWrite },
            Modes = [new VideoMode(FakeQueueDevice.CodeOf(PixelFormat.Yuyv), PlayedCamera.Width, PlayedCamera.Height, new FrameRate(30, 1))],
        });
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.Await(
            () =>
            {
                device.See([77]);
                return camera.Draw(out _) && camera.Luma() == 77;
            },
            "the picture is drawn");
        Assert.True(camera.Source.CopiedBytes >= PlayedCamera.FrameBytes + PlayedCamera.Width * PlayedCamera.Height * 2);
    }

    [Fact]
    public void JpegsAreDecodedAndDamagedOnesLeftOut()
    {
        using var folder = new TemporaryFolder();
        byte[] light = Jpeg(folder, 200), dark = Jpeg(folder, 40);
        FakeCamera device = _devices.Plug(PlayedCamera.Device(code: FourCC.Pack("MJPG")));
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.Await(() => device.IsStreaming, "the camera runs");
        See(device, light, light.Length);
        camera.Await(() => camera.Draw(out _), "there is a picture");
        Assert.InRange(camera.Luma(), 198, 202);
        See(device, dark, dark.Length / 2);
        camera.Await(() => camera.Source.Corrupted == 1, "the damaged one is counted");
        Assert.True(camera.Draw(out _));
        Assert.InRange(camera.Luma(), 198, 202);
        See(device, dark, dark.Length);
        camera.Await(() => camera.Draw(out _) && camera.Luma() is > 37 and < 43, "the next one is drawn");
        Assert.Equal(1, camera.Source.Corrupted);
    }

    [SkippableFact]
    public async Task H264IsDecodedPacketByPacketAlthoughNobodyDraws()
    {
        using var folder = new TemporaryFolder();
        await Clips.MakeAsync(
            "-f", "lavfi", "-i", $"color=c=gray:size={PlayedCamera.Width}x{PlayedCamera.Height}:rate=30:duration=1", "-vf", "geq=lum=16+N*4:cb=128:cr=128",
            "-c:v", "libx264", "-preset", "veryfast", "-bf", "0", "-g", "100", "-qp", "4", "-x264-params", "aud=1:scenecut=0", "-pix_fmt", "yuv420p", "-f", "h264",
            folder.File("film.h264"));
        List<byte[]> packets = AccessUnits(File.ReadAllBytes(folder.File("film.h264")));
        Assert.Equal(30, packets.Count);
        FakeCamera device = _devices.Plug(PlayedCamera.Device(code: FourCC.Pack("H264")));
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.Await(() => device.IsStreaming, "the camera runs");
        foreach (byte[] packet in packets)
        {
            camera.Await(() => device.QueuedBuffers > 0, "the driver has a buffer");
            See(device, packet, packet.Length);
        }

        // Each picture is made of the one before: the last one is right only if none was left out.
        camera.Await(() => camera.Draw(out _) && camera.Luma() is > 128 and < 136, "the last one is drawn");
        Assert.Equal(0, camera.Source.Corrupted);
    }

    [Fact]
    public void AnUnpluggedCameraIsSaidAndComesBackAtAnotherNumber()
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device(number: 3, card: "Desk Camera"), "usb-Desk_Camera-video-index0");
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.See(device, 50);
        _devices.Unplug(device);
        camera.Await(() => camera.Source.Trouble is not null, "it is said");
        Assert.Contains("'Desk Camera' was unplugged", camera.Source.Trouble, StringComparison.Ordinal);
        Assert.False(camera.Draw(out _));

        // Another camera is not the one that was chosen.
        FakeCamera other = _devices.Plug(PlayedCamera.Device(number: 0, card: "Other Camera", bus: "usb-0000:00:14.0-9"));
        FakeCamera again = _devices.Plug(PlayedCamera.Device(number: 7, card: "Desk Camera", bus: "usb-0000:00:14.0-4"), "usb-Desk_Camera-video-index0");
        camera.See(again, 60);
        Assert.Null(camera.Source.Trouble);
        Assert.Equal(0, other.Count(FakeRequest.StreamOn));
    }

    [Fact]
    public void ACameraIsKnownByItsPlaceUntilItsLinksAreThere()
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device(), "usb-Desk_Camera-video-index0");
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.See(device, 50);
        _devices.Unplug(device);
        camera.Await(() => camera.Source.Trouble is not null, "it is said");
        FakeCamera linkless = _devices.Plug(PlayedCamera.Device(number: 1));
        camera.See(linkless, 60);

        // And it is still known by its id when it comes back elsewhere.
        _devices.Unplug(linkless);
        camera.Await(() => camera.Source.Trouble is not null, "it is said again");
        camera.See(_devices.Plug(PlayedCamera.Device(number: 2, bus: "usb-0000:00:14.0-7"), "usb-Desk_Camera-video-index0"), 70);
    }

    [Fact]
    public void ABusyCameraNamesItsHolderAndIsShownAfterwards()
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device());
        _devices.HolderName = "'otherapp' (process 4711)";
        var holder = VideoCapture.Open(device.Open(), device.Modes[0]);
        using var camera = new PlayedCamera(_devices, impatient: true);
        camera.Source.Probe();
        camera.Start();
        camera.Await(() => camera.Source.Trouble is not null, "it is said");
        Assert.Contains("'Fake Camera' is in use by 'otherapp' (process 4711)", camera.Source.Trouble, StringComparison.Ordinal);
        Assert.False(camera.Draw(out _));
        holder.Dispose();
        camera.See(device, 60);
        Assert.Null(camera.Source.Trouble);
    }

    [Fact]
    public void ASilentCameraIsStartedAnewThenOpenedAnew()
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device());
        using var camera = new PlayedCamera(_devices, impatient: true);
        camera.Start();
        camera.See(device, 50);
        camera.Await(() => camera.Source.Trouble is not null, "it is said");
        Assert.Contains("sends no pictures", camera.Source.Trouble, StringComparison.Ordinal);
        camera.Await(() => device.Count(FakeRequest.RequestBuffers) >= 3, "it was opened anew");
        Assert.True(device.Count(FakeRequest.StreamOn) >= 3);
        camera.See(device, 60);
        Assert.Null(camera.Source.Trouble);
    }

    [Fact]
    public void ACameraThatIsNotThereYetIsShownWhenItComes()
    {
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.Await(() => camera.Source.Trouble is not null, "it is said");
        Assert.Contains("no camera here", camera.Source.Trouble, StringComparison.Ordinal);
        camera.See(_devices.Plug(PlayedCamera.Device()), 50);
    }

    [Fact]
    public void WhatIsNotThereAtTheBeginningIsRefused()
    {
        using var camera = new PlayedCamera(_devices, "camera:Desk");
        CamfxException refusal = Assert.Throws<CamfxException>(camera.Source.Probe);
        Assert.Equal(ExitCode.NoSuchThing, refusal.ExitCode);
        Assert.Contains("'Desk'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SavedControlsAreSetWhenTheCameraIsOpened()
    {
        var brightness = new FakeControl(0x980900, "Brightness", VideoControlType.Integer, 0, 255, 1, 128);
        FakeCamera device = _devices.Plug(new FakeCamera
        {
            Controls = [brightness],
            Modes = [new VideoMode(FakeQueueDevice.CodeOf(PixelFormat.Yuyv), PlayedCamera.Width, PlayedCamera.Height, new FrameRate(30, 1))],
        });
        using var camera = new PlayedCamera(_devices);
        camera.Controls.Save(_devices.List()[0], new Dictionary<string, long> { ["brightness"] = 200, ["gone"] = 1 });
        camera.Start();
        camera.See(device, 50);
        Assert.Equal(200, brightness.Value);
    }

    [Fact]
    public void TheSizeAndFormatOfTheUriAreTaken()
    {
        FakeCamera device = _devices.Plug(new FakeCamera
        {
            Modes =
            [
                new VideoMode(FakeQueueDevice.CodeOf(PixelFormat.Yuyv), PlayedCamera.Width, PlayedCamera.Height, new FrameRate(30, 1)),
                new VideoMode(FakeQueueDevice.CodeOf(PixelFormat.Uyvy), 128, 96, new FrameRate(30, 1)),
            ],
        });
        using var camera = new PlayedCamera(_devices, "camera:?size=128x96&format=UYVY");
        camera.Start();
        camera.Await(() => device.IsStreaming, "the camera runs");
        Assert.Equal(128 * 96 * 2, device.FrameSize);
        camera.See(device, 90);

        using var wrong = new PlayedCamera(_devices, "camera:?format=NV12");
        Assert.Contains("NV12", Assert.Throws<CamfxException>(wrong.Source.Probe).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DrawingAllocatesNothing()
    {
        FakeCamera device = _devices.Plug(PlayedCamera.Device());
        using var camera = new PlayedCamera(_devices);
        camera.Start();
        camera.See(device, 50);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) camera.Draw(out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static List<byte[]> AccessUnits(ReadOnlySpan<byte> bytes)
    {
        var packets = new List<byte[]>();
        while (!bytes.IsEmpty)
        {
            int next = bytes[1..].IndexOf<byte>([0, 0, 0, 1, 9]);
            int length = next < 0 ? bytes.Length : next + 1;
            packets.Add(bytes[..length].ToArray());
            bytes = bytes[length..];
        }

        return packets;
    }

    /// <summary>A played camera fills half of a buffer with a coded picture, but for what is said to be missing.</summary>
    private static void See(FakeCamera device, byte[] jpeg, int length)
    {
        int room = device.FrameSize / 2;
        Assert.True(jpeg.Length <= room, $"the picture has {jpeg.Length} bytes, and there is room for {room}");
        var bytes = new byte[room];
        jpeg.CopyTo(bytes, 0);
        Assert.True(device.See(bytes, missing: room - length));
    }

    private static unsafe byte[] Jpeg(TemporaryFolder folder, byte luma)
    {
        using var picture = new FrameBuffer(
            FrameLayout.Packed(PixelFormat.I420, PlayedCamera.Width, PlayedCamera.Height), ColorMatrix.Bt601, ColorRange.Limited);
        var bytes = new Span<byte>(picture.View.Plane(0), picture.Size);
        bytes.Fill(128);

        // Flat where it is looked at, and with something to code elsewhere.
        for (int i = 0; i < PlayedCamera.Width * PlayedCamera.Height; i++)
            bytes[i] = i % PlayedCamera.Width < 16 ? luma : (byte)(luma + i % PlayedCamera.Width / 8 + i / PlayedCamera.Width / 8);
        string file = folder.File($"{luma}.jpg");
        ImageWriter.Save(picture.View, file);
        return File.ReadAllBytes(file);
    }
}
