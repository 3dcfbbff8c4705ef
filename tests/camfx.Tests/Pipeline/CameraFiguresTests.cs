using Camfx.Pipeline;

namespace Camfx.Tests.Pipeline;

public sealed class CameraFiguresTests
{
    private const long Second = 1_000_000_000;

    private readonly ScriptedSources _script = new();

    [Fact]
    public void TheyCountWhatCameAndWhatWent()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        Assert.Equal(0, camera.Camera.Figures().FramesOut);
        Assert.Null(camera.Camera.Figures().LatencyMedian);
        for (int i = 0; i < 30; i++) camera.NextPicture();
        CameraFigures figures = camera.Camera.Figures();
        Assert.InRange(figures.FramesOut, 29, long.MaxValue);
        Assert.InRange(figures.FramesIn, figures.FramesOut - 1, figures.FramesOut + 1);
        Assert.True(figures.FpsOut > 0 && figures.FpsIn > 0);
        Assert.True(figures.LatencyMedian >= 0 && figures.LatencyP99 >= figures.LatencyMedian);
        Assert.Equal((1L, 0L), (figures.SourceOpened, figures.Faults));
    }

    [Fact]
    public void OnceFramesFlowTheyCostNoManagedMemory()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool, effects: ["mirror", "brightness:value=20"]);
        for (int i = 0; i < 20; i++) camera.NextPicture();
        long before = camera.Camera.Statistics.AllocatedBytes;
        for (int i = 0; i < 60; i++) camera.NextPicture();
        Assert.Equal(before, camera.Camera.Statistics.AllocatedBytes);
    }

    [Fact]
    public void ARestingThreadIsToldFromOneThatHangs()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        WatchedCamera.Await(() => camera.Camera.LastTick == RenderThread.Resting, "it rests");
        camera.NextPicture();
        long turn = camera.Camera.LastTick;
        camera.NextPicture();
        camera.NextPicture();
        Assert.InRange(camera.Camera.LastTick, turn + 1, RenderThread.Resting - 1);
    }

    [Fact]
    public void RatesAreThoseOfTheLastSecond()
    {
        var rates = new RateWindow();
        Assert.Equal((0, 0), rates.At(0));
        for (int i = 0; i <= 300; i++) rates.Add(i * Second / 100, i / 2, i);
        Assert.Equal((50, 100), rates.At(3 * Second));
        for (int i = 1; i <= 100; i++) rates.Add(3 * Second + i * Second / 100, 150 + i, 300);
        Assert.Equal((100, 0), rates.At(4 * Second));
        Assert.Equal((0, 0), rates.At(6 * Second));
    }
}
