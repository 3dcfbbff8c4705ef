using Camfx.Configuration;
using Camfx.Sinks;

namespace Camfx.Tests.Pipeline;

/// <summary>Size, rate and name: they stay while somebody watches. Outputs do not.</summary>
public sealed class ModeChangeTests
{
    private static readonly CameraMode s_small = new(160, 96, FrameRate.Parse("60"));

    private readonly ScriptedSources _script = new();

    [Fact]
    public void WhileSomebodyWatchesItIsRefused()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        CamfxException refusal = Assert.Throws<CamfxException>(() => camera.Camera.SetMode(s_small, whenIdle: false));
        Assert.True(refusal.IsBusy);
        for (int i = 0; i < 5; i++) Assert.Equal(100, camera.NextPicture());
        Assert.Equal(WatchedCamera.Mode, camera.Camera.Options.Mode);
    }

    [Fact]
    public void WhileNobodyWatchesItIsTakenWithTheNextGenerationOfQueues()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool, effects: ["brightness:value=20"]);
        camera.AwaitPicture(144);
        camera.Leave();
        WatchedCamera.Await(() => !camera.Camera.IsWatched, "nobody watches");
        camera.Camera.SetMode(s_small, whenIdle: false);
        camera.AwaitPicture(144);
        Assert.Equal((s_small.Width, s_small.Height, 2UL), (camera.Reader.Layout.Width, camera.Reader.Layout.Height, camera.Reader.Generation));
        Assert.Equal(60, camera.Reader.FrameRateNumerator);
    }

    [Fact]
    public void ItWaitsForTheLastToLeaveIfItMay()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.SetMode(s_small, whenIdle: true);
        for (int i = 0; i < 5; i++) Assert.Equal(100, camera.NextPicture());
        Assert.Equal(s_small, camera.Camera.WaitingMode);
        camera.Leave();
        WatchedCamera.Await(() => camera.Camera.Options.Mode == s_small, "the mode is taken");
        Assert.Null(camera.Camera.WaitingMode);
        camera.AwaitPicture(100);
        Assert.Equal(s_small.Width, camera.Reader.Layout.Width);
        Assert.True(camera.Camera.Figures().SourceOpened >= 2, "what was counted is still known");
    }

    [Fact]
    public void OneThatTheSourceOrAnEffectCannotHaveIsRefusedAndTheCameraGoesOn()
    {
        using WatchedCamera camera = new("test:counter", effects: ["crop:width=200"]);
        Assert.Throws<CamfxException>(() => camera.Camera.SetMode(new CameraMode(328, 192, FrameRate.Parse("60")), whenIdle: false));
        Assert.Throws<CamfxException>(() => camera.Camera.SetMode(new CameraMode(160, 192, FrameRate.Parse("60")), whenIdle: false));
        Assert.Equal(WatchedCamera.Mode, camera.Camera.Options.Mode);
        camera.Camera.SetEffects([]);
        camera.Camera.SetSource("test:solid?color=#ffffff");
        camera.AwaitPicture(235);
        Assert.Equal(1UL, camera.Reader.Generation);
    }

    [Fact]
    public void TheNameIsChangedLikewise()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        string name = camera.Camera.Options.Name, other = name + "x";
        Assert.True(Assert.Throws<CamfxException>(() => camera.Camera.SetName(other)).IsBusy);
        camera.Leave();
        WatchedCamera.Await(() => !camera.Camera.IsWatched, "nobody watches");
        camera.Camera.SetName(other);
        camera.AwaitPicture(100);
        Assert.Equal(other, camera.Camera.Options.Name);
        Assert.Throws<CamfxException>(() => camera.Camera.SetName("/"));
        Assert.Equal(other, camera.Camera.Options.Name);
    }

    [Fact]
    public void OutputsComeAndGoWhileAnotherOneIsWatched()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        IOutput[] before = [.. camera.Camera.Outputs];
        camera.Camera.SetOutputs(["queue", "none"]);
        Assert.Same(before[0], camera.Camera.Outputs[0]);
        for (int i = 0; i < 10; i++) Assert.Equal(100, camera.NextPicture());
        Assert.Throws<CamfxException>(() => camera.Camera.SetOutputs(["none", "window"]));
        Assert.Equal(["queue", "none"], [.. camera.Camera.Options.Outputs]);
        camera.Camera.SetOutputs(["queue"]);
        Assert.Equal(before, [.. camera.Camera.Outputs]);
        for (int i = 0; i < 10; i++) Assert.Equal(100, camera.NextPicture());
        camera.AssertNoGap();
        Assert.Equal(1UL, camera.Reader.Generation);

        // The watched one itself: its consumers are told, and nobody is left.
        camera.Camera.SetOutputs(["none"]);
        Assert.Equal(["none"], camera.Camera.Outputs.Select(output => output.Kind));
        Assert.False(camera.Camera.IsWatched);
        camera.Leave();
        camera.Camera.SetOutputs(["queue"]);
        camera.AwaitPicture(100);
    }
}
