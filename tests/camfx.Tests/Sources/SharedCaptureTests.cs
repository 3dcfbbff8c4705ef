using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Posix;
using Camfx.Sources;
using Camfx.Sources.Camera;
using Camfx.Tests.Infrastructure;
using Camfx.V4L2.Fake;

namespace Camfx.Tests.Sources;

/// <summary>One webcam that several cameras show, each by a name of its own, on devices that are played in this process.</summary>
public sealed class SharedCaptureTests : IDisposable
{
    private static readonly CapturePatience s_patience = CapturePatience.Usual with { Retry = 20_000_000 };

    private readonly PlayedDevices _devices = new();
    private readonly TemporaryFolder _state = new();
    private readonly SourcePool _pool;
    private readonly FrameBuffer _frame = new(FrameLayout.Packed(PixelFormat.I420, PlayedCamera.Width, PlayedCamera.Height), ColorMatrix.Bt601, ColorRange.Limited);
    private readonly FakeCamera _device;

    public SharedCaptureTests()
    {
        _device = _devices.Plug(PlayedCamera.Device(number: 5, card: "Desk Camera"), stableId: "usb-desk");
        _pool = new SourcePool((uri, mode) => new CaptureSource(
            CaptureAddress.Parse(SourceUri.Parse(uri)), mode, _devices, new ControlStore(() => _state.Path), s_patience));
    }

    public void Dispose()
    {
        _frame.Dispose();
        _devices.Dispose();
        _state.Dispose();
    }

    [Fact]
    public void ItIsOpenedOnceWhateverItIsCalledAndTheLastOneClosesIt()
    {
        string[] names = ["camera:", $"camera:{_device.Path}", "camera:Desk%20Camera", "camera:usb-desk"];
        ISource[] shares = [.. names.Select(Start)];
        foreach (ISource share in shares) See(share);
        Assert.Equal((1, 1), (_device.OpenFiles, _device.Count(FakeRequest.StreamOn)));

        // One that comes when it runs neither waits nor says that it is busy.
        using (ISource probed = _pool.Create("camera:", Mode)) probed.Probe();
        foreach (ISource share in shares[..^1]) share.Dispose();
        See(shares[^1]);
        shares[^1].Dispose();
        Assert.Equal((0, 1), (_device.OpenFiles, _device.Count(FakeRequest.StreamOn)));
    }

    [Fact]
    public void OneThatIsPluggedInLaterIsOpenedOnceToo()
    {
        using ISource byNode = Start("camera:/dev/video0"), byName = Start("camera:Late Camera");
        Await(() => !Draw(byNode) && byNode.Trouble is not null && !Draw(byName) && byName.Trouble is not null, () => "both wait");
        FakeCamera late = _devices.Plug(PlayedCamera.Device(card: "Late Camera"), stableId: "usb-late");
        See(byNode, late);
        See(byName, late);
        Await(() => late.OpenFiles == 1 && Draw(byNode) && Draw(byName), () => $"one of both has it open, and not {late.OpenFiles}");
        byNode.Dispose();
        See(byName, late);
        Assert.Equal((1, 1), (late.OpenFiles, late.Count(FakeRequest.StreamOn)));
    }

    [Fact]
    public void OneThatAsksForAnotherModeWaitsForIt()
    {
        ISource first = Start("camera:");
        See(first);
        using ISource other = Start($"camera:{_device.Path}?fps=15");
        Await(() => !Draw(other) && other.Trouble is not null, () => "it says that the camera is in use");
        Assert.Contains("Desk Camera", other.Trouble, StringComparison.Ordinal);
        first.Dispose();
        See(other);
    }

    [Fact]
    public void OneThatIsNotWantedAnyMoreBeforeItKnowsItsCameraOpensNothing()
    {
        for (int i = 0; i < 20; i++) Start("camera:").Dispose();
        using ISource last = Start("camera:");
        See(last);
        Assert.Equal(1, _device.OpenFiles);
    }

    private static CameraMode Mode { get; } = new(PlayedCamera.Width, PlayedCamera.Height, new FrameRate(30, 1));

    private ISource Start(string uri)
    {
        ISource source = _pool.Create(uri, Mode);
        source.Start(static () => { });
        return source;
    }

    private bool Draw(ISource source) => source.Draw(_frame.View, MonotonicClock.Now, out _);

    private void See(ISource source) => See(source, _device);

    private void See(ISource source, FakeCamera device) => Await(
        () =>
        {
            if (device.IsStreaming && device.QueuedBuffers > 0) device.See([100]);
            return Draw(source);
        },
        () => $"a picture is drawn; trouble: {source.Trouble ?? "none"}, streaming: {device.IsStreaming}");

    private static void Await(Func<bool> condition, Func<string> what)
    {
        long end = MonotonicClock.Now + 20_000_000_000;
        while (!condition())
        {
            Assert.True(MonotonicClock.Now < end, $"waited in vain until {what()}");
            Thread.Sleep(1);
        }
    }
}
