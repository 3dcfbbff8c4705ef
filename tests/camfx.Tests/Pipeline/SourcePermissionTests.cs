using Camfx.Configuration;
using Camfx.Pipeline;

namespace Camfx.Tests.Pipeline;

/// <summary>A camera whose source may not be open: the privacy switch, a locked screen, and the idle modes.</summary>
public sealed class SourcePermissionTests
{
    private readonly ScriptedSources _script = new();

    [Fact]
    public void SwitchedOffTheSourceIsClosedAtOnceAndTheCardIsShown()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.Enabled = false;
        WatchedCamera.Await(() => !_script.IsOpen("flat:100"), "the source is closed");
        camera.AwaitCard();
        for (int i = 0; i < 10; i++) Assert.True(IsCard(camera));
        Assert.Equal((CameraState.Placeholder, "The camera is off."), (camera.Camera.State, camera.Camera.StateReason));
        Assert.Empty(camera.Camera.Problems);
        Assert.False(camera.Camera.Options.Enabled);

        camera.Camera.Enabled = true;
        camera.AwaitPicture(100);
        for (int i = 0; i < 10; i++) Assert.Equal(100, camera.NextPicture());
        Assert.Equal(2, _script.Opened("flat:100"));
        camera.AssertNoGap();
    }

    [Fact]
    public void SwitchedOffBeforeSomebodyComesItIsNotOpened()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.Camera.Enabled = false;
        WatchedCamera.Await(() => camera.Camera.StateReason == "The camera is off.", "it says so although nobody watches");
        Assert.Equal(CameraState.Idle, camera.Camera.State);
        camera.AwaitCard();
        for (int i = 0; i < 10; i++) Assert.True(IsCard(camera));
        Assert.Equal(0, _script.Opened("flat:100"));
    }

    [Fact]
    public void ASourceThatIsSetWhileItIsOffIsShownAfterwards()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.Enabled = false;
        camera.AwaitCard();
        camera.Camera.SetSource("flat:60");
        camera.Camera.Enabled = true;
        camera.AwaitPicture(60);
        Assert.Equal(1, _script.Opened("flat:100"));
    }

    [Fact]
    public void ALockedScreenClosesTheSourceUntilItIsUnlocked()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.Suspend("The screen is locked.");
        camera.AwaitCard();
        WatchedCamera.Await(() => !_script.IsOpen("flat:100"), "the source is closed");
        WatchedCamera.Await(() => camera.Camera.StateReason == "The screen is locked.", "it says so");
        camera.Camera.Resume();
        camera.AwaitPicture(100);
        WatchedCamera.Await(() => camera.Camera is { State: CameraState.Streaming, StateReason: null }, "it has forgotten why");
    }

    [Fact]
    public void AlwaysOpensTheSourceWithoutAnybodyAndOffClosesIt()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool, IdleMode.Always);
        WatchedCamera.Await(() => _script.IsOpen("flat:100"), "the source is open");
        Assert.Equal(CameraState.Idle, camera.Camera.State);
        camera.Camera.Idle = IdleMode.Off;
        WatchedCamera.Await(() => !_script.IsOpen("flat:100"), "the source is closed");
        camera.AwaitCard();
        WatchedCamera.Await(() => camera.Camera.StateReason == "The camera is off.", "it says so");
        camera.Camera.Idle = IdleMode.OnDemand;
        camera.AwaitPicture(100);
        Assert.Equal(IdleMode.OnDemand, camera.Camera.Options.Idle);
    }

    [Fact]
    public void ANewSourceIsOpenedInAdvanceWhereOneAlwaysIs()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool, IdleMode.Always);
        WatchedCamera.Await(() => _script.IsOpen("flat:100"), "the source is open");
        camera.Camera.SetSource("flat:60");
        WatchedCamera.Await(() => _script.IsOpen("flat:60") && !_script.IsOpen("flat:100"), "the other one is, in its stead");
    }

    private static bool IsCard(WatchedCamera camera)
    {
        camera.Next();
        return camera.IsCard;
    }
}
