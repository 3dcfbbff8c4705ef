using Camfx.Frames;
using Camfx.Pipeline;
using Camfx.Sources;

namespace Camfx.Tests.Pipeline;

public sealed class CameraSourceTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void AFailureIsSaidAndTheSourceTriedAgainWithGrowingPauses()
    {
        var script = new Script { Fails = true };
        using CameraSource source = script.Source();
        var tries = new List<long>();
        for (long time = 0; time < 20 * Second; time += Second / 10)
        {
            int before = script.Made;
            Assert.False(source.TryDraw(default, time, out _));
            if (script.Made > before) tries.Add(time);
            Assert.Equal("The lens cap is on.", source.Failure);
        }

        Assert.Equal([0, 5, 15, 35, 75, 115, 155, 195], tries.Select(time => time * 10 / Second));
        Assert.Equal(script.Made, script.Disposed);
    }

    [Fact]
    public void ItRecoversByItselfAndForgetsTheFailure()
    {
        var script = new Script { Fails = true };
        using CameraSource source = script.Source();
        Assert.False(source.TryDraw(default, 0, out _));
        script.Fails = false;
        Assert.False(source.TryDraw(default, Second / 4, out _));
        Assert.True(source.TryDraw(default, Second, out _));
        Assert.Null(source.Failure);
    }

    [Fact]
    public void AnUnexpectedExceptionIsAFailureWithTheSourceNamed()
    {
        using var source = new CameraSource("test:x", () => throw new InvalidOperationException("boom"), static () => { });
        Assert.False(source.TryDraw(default, 0, out _));
        Assert.Equal("The source test:x failed: boom", source.Failure);
    }

    [Fact]
    public void RestingClosesTheSourceAndTheNextDrawOpensItAtOnce()
    {
        var script = new Script();
        using CameraSource source = script.Source();
        Assert.True(source.TryDraw(default, 0, out _));
        source.Rest();
        Assert.Equal(1, script.Disposed);
        Assert.True(source.TryDraw(default, 1, out _));
        Assert.Equal(2, source.Opened);
    }

    [Fact]
    public void KeptOpenItIsReadyWithoutADraw()
    {
        var script = new Script();
        using CameraSource source = script.Source();
        source.KeepOpen(0);
        source.KeepOpen(1);
        Assert.Equal(1, source.Opened);
        Assert.True(source.TryDraw(default, 2, out _));
        Assert.Equal(1, source.Opened);
    }

    /// <summary>Makes sources that fail when they are told to.</summary>
    private sealed class Script
    {
        public bool Fails { get; set; }

        public int Made { get; private set; }

        public int Disposed { get; private set; }

        public CameraSource Source() => new("script:", () =>
        {
            Made++;
            return new Scripted(this);
        }, static () => { });

        private sealed class Scripted(Script script) : ISource
        {
            public long Dropped => 0;

            public void Probe()
            {
            }

            public void Start(Action arrived)
            {
            }

            public bool Draw(in FrameView target, long time, out PictureInfo picture)
            {
                picture = default;
                return script.Fails ? throw new CamfxException(ExitCode.Failed, "The lens cap is on.") : true;
            }

            public void Dispose() => script.Disposed++;
        }
    }
}
