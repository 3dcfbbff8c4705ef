using Camfx.Configuration;
using Camfx.Tests.Infrastructure;

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

    [SkippableFact]
    public async Task AFilmIsPlayedOnceForCamerasOfAnySize()
    {
        using var folder = new TemporaryFolder();
        string film = folder.File("film.mp4");
        await Clips.MakeFilmAsync(film);
        using WatchedCamera one = new($"file:{film}?loop=1") { IsFlat = false }, other = new($"file:{film}?loop=1") { IsFlat = false };
        other.Camera.SetMode(new CameraMode(160, 120, FrameRate.Parse("60")), whenIdle: false);
        one.NextPicture();
        other.NextPicture();
        int Files() => Directory.EnumerateFiles("/proc/self/fd").Count(descriptor => new FileInfo(descriptor).LinkTarget == film);
        for (int i = 0; i < 30; i++)
        {
            one.NextPicture();
            other.NextPicture();
            Assert.Equal(1, Files());
        }

        one.Camera.SetSource("test:smpte");
        other.Camera.SetSource("test:smpte");
        WatchedCamera.Await(() => Files() == 0, "the last one closes it");
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
