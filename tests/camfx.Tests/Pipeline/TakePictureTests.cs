using Camfx.Frames;

namespace Camfx.Tests.Pipeline;

/// <summary>One picture of what a camera shows.</summary>
public sealed class TakePictureTests
{
    private readonly ScriptedSources _script = new();

    [Fact]
    public async Task ACameraThatRestsOpensItsSourceForItAndLetsGo()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool, effects: ["brightness:value=20"]);
        using FrameBuffer picture = await camera.Camera.TakePictureAsync();
        Assert.Equal((WatchedCamera.Width, WatchedCamera.Height), (picture.Layout.Width, picture.Layout.Height));
        Assert.Equal(144, picture.Bytes[0]);

        // Without the time it stays open after somebody has watched.
        WatchedCamera.Await(() => !_script.IsOpen("flat:100"), "the source is closed");
        Assert.False(camera.Camera.IsWatched);
        Assert.Equal(1, _script.Opened("flat:100"));
    }

    [Fact]
    public async Task OneThatIsWatchedGoesOn()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        for (int i = 0; i < 5; i++)
        {
            using FrameBuffer picture = await camera.Camera.TakePictureAsync();
            Assert.Equal(100, picture.Bytes[0]);
            camera.NextPicture();
        }

        camera.AssertNoGap();
        Assert.Equal(1, _script.Opened("flat:100"));
    }

    [Fact]
    public async Task WhyThereIsNoneIsSaid()
    {
        using WatchedCamera camera = new("failing:100", _script.Pool);
        CamfxException failure = await Assert.ThrowsAsync<CamfxException>(camera.Camera.TakePictureAsync);
        Assert.Equal("The lens cap is on.", failure.Message);
        camera.Camera.Enabled = false;
        failure = await Assert.ThrowsAsync<CamfxException>(camera.Camera.TakePictureAsync);
        Assert.Equal("The camera is off.", failure.Message);
    }
}
