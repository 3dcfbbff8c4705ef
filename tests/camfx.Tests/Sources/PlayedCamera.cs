using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Posix;
using Camfx.Sources;
using Camfx.Sources.Camera;
using Camfx.Tests.Infrastructure;
using Camfx.V4L2;
using Camfx.V4L2.Fake;
using FrameRate = Camfx.V4L2.FrameRate;

namespace Camfx.Tests.Sources;

/// <summary>A source <c>camera:</c> on played devices, drawn by the test as the render thread would.</summary>
internal sealed class PlayedCamera : IDisposable
{
    public const int Width = 64, Height = 48, FrameBytes = Width * Height * 3 / 2;

    private const long PatienceNs = 20_000_000_000;
    private static readonly CapturePatience s_short = new(FirstPicture: 300_000_000, Silence: 200_000_000, Retry: 100_000_000);

    private readonly TemporaryFolder _state = new();
    private readonly FrameBuffer _frame = new(FrameLayout.Packed(PixelFormat.I420, Width, Height), ColorMatrix.Bt601, ColorRange.Limited);

    public PlayedCamera(PlayedDevices devices, string uri = "camera:", bool impatient = false)
    {
        Controls = new ControlStore(() => _state.Path);
        Source = new CaptureSource(
            CaptureAddress.Parse(SourceUri.Parse(uri)), new CameraMode(Width, Height, new Camfx.Configuration.FrameRate(30, 1)), devices, Controls,
            impatient ? s_short : CapturePatience.Usual);
    }

    public CaptureSource Source { get; }

    public ControlStore Controls { get; }

    public FrameView Frame => _frame.View;

    /// <summary>A camera of the test's size.</summary>
    public static FakeCamera Device(int number = 0, uint code = 0, string card = "Fake Camera", string bus = "usb-0000:00:14.0-1") => new(number)
    {
        Card = card,
        BusInfo = bus,
        Modes = [new VideoMode(code == 0 ? FakeQueueDevice.CodeOf(PixelFormat.Yuyv) : code, Width, Height, new FrameRate(30, 1))],
    };

    public void Start() => Source.Start(static () => { });

    /// <summary>Draws once.</summary>
    public bool Draw(out PictureInfo picture) => Source.Draw(_frame.View, MonotonicClock.Now, out picture);

    /// <summary>Shows the camera a grey, again and again, until it is drawn.</summary>
    public void See(FakeCamera device, byte grey) => Await(
        () =>
        {
            if (device.IsStreaming && device.QueuedBuffers > 0) device.See([grey]);
            return Draw(out _) && Luma() == grey;
        },
        $"the grey {grey} is drawn");

    /// <summary>Waits for something that other threads bring about.</summary>
    public void Await(Func<bool> condition, string what)
    {
        long end = MonotonicClock.Now + PatienceNs;
        while (!condition())
        {
            Assert.True(MonotonicClock.Now < end, $"waited in vain until {what}; trouble: {Source.Trouble ?? "none"}");
            Thread.Sleep(1);
        }
    }

    public unsafe byte Luma() => *_frame.View.Row(0, Height / 2);

    public void Dispose()
    {
        Source.Dispose();
        _frame.Dispose();
        _state.Dispose();
    }
}
