using Camfx.Configuration;

namespace Camfx.Tests.Pipeline;

/// <summary>Several cameras with the same source.</summary>
public sealed class SharedSourceTests
{
    private readonly ScriptedSources _script = new();

    [Fact]
    public void TwoCamerasOpenTheirSourceOnceAndTheLastOneClosesIt()
    {
        using WatchedCamera one = new("flat:100", _script.Pool), other = new("flat:100", _script.Pool);
        one.AwaitPicture(100);
        other.AwaitPicture(100);
        Assert.Equal(1, _script.Opened("flat:100"));
        one.Camera.SetSource("flat:60");
        one.AwaitPicture(60);
        for (int i = 0; i < 10; i++) Assert.Equal(100, other.NextPicture());
        Assert.True(_script.IsOpen("flat:100"));
        other.Camera.Enabled = false;
        WatchedCamera.Await(() => !_script.IsOpen("flat:100"), "the last one closes it");
        Assert.Equal(1, _script.Opened("flat:100"));
    }

    [Fact]
    public void WhatIsSetAgainIsNotOpenedAgain()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.SetSource("flat:100");
        for (int i = 0; i < 10; i++) Assert.Equal(100, camera.NextPicture());
        Assert.Equal(1, _script.Opened("flat:100"));
    }

    [Fact]
    public void OneThatHasFailedIsOpenedAnewAlthoughAnotherCameraStillHasIt()
    {
        using WatchedCamera other = new("failing:100", _script.Pool, IdleMode.Always), camera = new("failing:100", _script.Pool);
        WatchedCamera.Await(() => _script.Opened("failing:100") == 1, "the one that nobody watches has it open, and draws nothing");
        camera.AwaitCard();
        WatchedCamera.Await(() => camera.Camera.StateReason == "The lens cap is on.", "it says so");
        Assert.Contains("The lens cap is on.", camera.Camera.Problems);
        _script.Fails = false;
        camera.AwaitPicture(100);
        Assert.Equal(2, _script.Opened("failing:100"));
        Assert.True(camera.Camera.Figures().Faults >= 1);
    }
}
