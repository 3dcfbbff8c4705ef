using Camfx.Configuration;

namespace Camfx.Tests.Pipeline;

/// <summary>Size and rate: they stay while somebody watches.</summary>
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
    public void NameAndOutputsAreChangedLikewise()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        string name = camera.Camera.Options.Name, other = name + "x";
        Assert.True(Assert.Throws<CamfxException>(() => camera.Camera.SetOutputs(other, ["queue"])).IsBusy);
        camera.Leave();
        WatchedCamera.Await(() => !camera.Camera.IsWatched, "nobody watches");
        camera.Camera.SetOutputs(other, ["queue"]);
        camera.AwaitPicture(100);
        Assert.Equal(other, camera.Camera.Options.Name);
        camera.Leave();
        WatchedCamera.Await(() => !camera.Camera.IsWatched, "nobody watches");
        Assert.Throws<CamfxException>(() => camera.Camera.SetOutputs(name, ["queue", "window"]));
        Assert.Throws<CamfxException>(() => camera.Camera.SetOutputs("/", ["queue"]));
        camera.AwaitPicture(100);
        Assert.Equal(other, camera.Camera.Options.Name);
    }
}
