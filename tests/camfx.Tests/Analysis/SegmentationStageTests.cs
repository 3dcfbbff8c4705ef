using Camfx.Analysis;
using Camfx.Analysis.Plates;
using Camfx.Analysis.Segmentation;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Tests.Effects;
using Camfx.Tests.Pipeline;

namespace Camfx.Tests.Analysis;

public sealed class SegmentationStageTests : IDisposable
{
    private const int Width = 640, Height = 360;
    private const long Frame = 33_333_333;

    private readonly PlayedSegmenters _played = new();
    private readonly SegmentationStage _stage;
    private long _time = 1;
    private volatile int _changes;

    public SegmentationStageTests() => _stage = new SegmentationStage(Width, Height, _played, () => Interlocked.Increment(ref _changes));

    public void Dispose()
    {
        _played.Gate?.Release(1000);
        _stage.Dispose();
    }

    [Fact]
    public void NobodyIsKnownBeforeTheFirstMaskAndThenWhoIsInFront()
    {
        using FrameBuffer picture = Person(left: 200);
        _played.Gate = new SemaphoreSlim(0);
        Assert.Null(See(picture));
        Assert.True(_stage.IsAwaited);
        _played.Gate.Release(1000);
        Matte matte = AwaitMatte(picture);
        Assert.Equal((255, 0), (Share(matte, 260, 200), Share(matte, 100, 200)));
        Assert.False(_stage.IsAwaited);
        Assert.Null(_stage.Problem);
    }

    [Fact]
    public void WhatWasWrongBeforeTheEmptySceneWasTakenIsNotWrongAfterwards()
    {
        using FrameBuffer picture = Person(left: 200);
        _played.Refusal = "There is no picture of the empty scene.";
        _ = See(picture);
        WatchedCamera.Await(() => _stage.Problem is not null, "it is said");
        _ = See(picture);
        Assert.False(_stage.IsAwaited);

        _played.Refusal = null;
        _played.Gate = new SemaphoreSlim(0);
        Calibration calibration = new(delay: 0, duration: 1, static (_, _) => { });
        Assert.True(_stage.TryBegin(calibration));
        _stage.End(calibration);
        Assert.Null(_stage.Problem);
        Assert.Null(See(picture));
        Assert.True(_stage.IsAwaited);
        _played.Gate.Release(1000);
        _ = AwaitMatte(picture);
        Assert.False(_stage.IsAwaited);
    }

    [Fact]
    public void TheNewestPictureWinsAndTheFramesNeverWait()
    {
        _played.Gate = new SemaphoreSlim(0);
        using FrameBuffer first = TestPicture.Flat(Width, Height, 20);
        _ = See(first);
        WatchedCamera.Await(() => _played.Seen.Length == 1, "the first is looked at");
        for (byte luma = 40; luma <= 120; luma += 20)
        {
            using FrameBuffer next = TestPicture.Flat(Width, Height, luma);
            Assert.Null(See(next));
        }

        _played.Gate.Release(1000);
        WatchedCamera.Await(() => _played.Seen.Length == 2, "the newest is looked at");
        Assert.Equal([20, 120], _played.Seen);
    }

    [Fact]
    public void WhereNothingMovesNothingIsLookedAt()
    {
        using FrameBuffer picture = Person(left: 200);
        for (int i = 0; i < 40; i++) Step(picture);
        long analysed = _stage.Analysed;
        Assert.InRange(analysed, 2, 20);
        Assert.Equal(40, analysed + _stage.Skipped);
        Assert.NotNull(See(picture));

        using FrameBuffer moved = Person(left: 300);
        Step(moved);
        Assert.Equal(analysed + 1, _stage.Analysed);
        Assert.Equal((0, 255), (Share(AwaitMatte(moved), 220, 200), Share(AwaitMatte(moved), 360, 200)));
    }

    [Fact]
    public void ASegmenterThatThrowsIsAProblemAndEverythingIsBackground()
    {
        using FrameBuffer picture = Person(left: 200), other = Person(left: 300);
        _ = AwaitMatte(picture);
        _played.Failure = new InvalidOperationException("The net has a hole.");
        _ = See(other);
        WatchedCamera.Await(() => _stage.Problem is not null, "it says so");
        Assert.Equal("Who is in front cannot be found out: The net has a hole; everything counts as background.", _stage.Problem);
        Assert.Null(See(picture));
        Assert.False(_stage.IsAwaited);

        // It is tried again after a while.
        _played.Failure = null;
        _time += 10_000_000_000;
        _ = AwaitMatte(picture);
        Assert.Null(_stage.Problem);
        WatchedCamera.Await(() => _changes == 2, "both are told");
    }

    [Fact]
    public void WhatTheSegmenterHasAgainstItsMaskIsTheProblem()
    {
        using FrameBuffer picture = Person(left: 200);
        _played.Problem = "The camera was moved.";
        _ = See(picture);
        WatchedCamera.Await(() => _stage.Problem == "The camera was moved.", "it says so");
        Assert.Null(See(picture));
    }

    [Fact]
    public void AnotherSourceIsLookedAtAnewAndTheMaskOfTheOneBeforeIsNotUsed()
    {
        using FrameBuffer picture = Person(left: 200);
        _ = AwaitMatte(picture, "one:");
        _played.Gate = new SemaphoreSlim(0);
        for (int i = 0; i < 5; i++) Assert.Null(See(picture, "two:"));
        _played.Gate.Release(1000);
        _ = AwaitMatte(picture, "two:");
        Assert.Equal(["one:", "two:"], _played.Sources);
    }

    [Fact]
    public void WhoIsChosenLooksFromTheNextPictureOnAndTheMaskOfTheOneBeforeIsNotUsed()
    {
        using FrameBuffer picture = Person(left: 200);
        PlayedSegmenters chosen = new() { Gate = new SemaphoreSlim(0) };
        _ = AwaitMatte(picture);
        for (int i = 0; i < 5; i++) Assert.Null(See(picture, chosen: chosen));
        chosen.Gate.Release(1000);
        _ = AwaitMatte(picture, chosen: chosen);
        Assert.Equal(["test:"], _played.Sources);
        Assert.Equal(["test:"], chosen.Sources);
        _ = AwaitMatte(picture);
        Assert.Equal(["test:", "test:"], _played.Sources);
    }

    [Fact]
    public void AMaskOfLongAgoIsNotUsed()
    {
        using FrameBuffer picture = Person(left: 200), other = Person(left: 300);
        _ = AwaitMatte(picture);
        _played.Gate = new SemaphoreSlim(0);
        _time += 10_000_000_000;
        Assert.Null(See(other));
        Assert.Null(_stage.Problem);
        for (int i = 0; i < 60; i++) Assert.Null(See(other));
        Assert.StartsWith("Finding out who is in front takes more than half a second", _stage.Problem, StringComparison.Ordinal);
        _played.Gate.Release(1000);
        _ = AwaitMatte(other);
        Assert.Null(_stage.Problem);
    }

    [Fact]
    public void APictureThatIsShownAgainIsNotHandedOverAgain()
    {
        using FrameBuffer picture = Person(left: 200);
        PictureOrigin origin = new("test:", 5);
        for (int i = 0; i < 50; i++) _ = _stage.See(picture.View, origin);
        WatchedCamera.Await(() => _stage.See(picture.View, origin) is not null, "its mask");
        Assert.Equal(1, _stage.Analysed + _stage.Skipped);
    }

    [Fact]
    public void AStillSceneWithNoiseDoesNotFlicker()
    {
        using FrameBuffer still = Person(left: 200);
        byte[]? before = null;
        double change = 0;
        for (int i = 0; i < 40; i++)
        {
            using FrameBuffer noisy = Noisy(still, seed: i);
            Step(noisy);
            Matte matte = AwaitMatte(noisy);
            byte[] now = Bytes(matte);
            if (i >= 20) change += before!.Zip(now, static (a, b) => (double)Math.Abs(a - b)).Average();
            before = now;
        }

        Assert.InRange(change / 20, 0, 0.5);
    }

    [Fact]
    public void AFrameCostsNoManagedMemory()
    {
        using FrameBuffer picture = Person(left: 200), other = Person(left: 260);
        _ = AwaitMatte(picture);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++) _ = See(i % 2 == 0 ? picture : other);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Matte? See(FrameBuffer picture, string source = "test:", ISegmenters? chosen = null) =>
        _stage.See(picture.View, new PictureOrigin(source, _time += Frame), chosen);

    /// <summary>Shows one frame and waits until the analysis has had it.</summary>
    private void Step(FrameBuffer picture)
    {
        long had = _stage.Analysed + _stage.Skipped;
        _ = See(picture);
        WatchedCamera.Await(() => _stage.Analysed + _stage.Skipped > had, "the analysis");
    }

    private Matte AwaitMatte(FrameBuffer picture, string source = "test:", ISegmenters? chosen = null)
    {
        // Its own time: the same picture goes on being shown.
        PictureOrigin origin = new(source, _time += Frame);
        Matte? matte = null;
        WatchedCamera.Await(() => (matte = _stage.See(picture.View, origin, chosen)) is not null && _stage.Problem is null, "a matte");
        WatchedCamera.Await(() => (matte = _stage.See(picture.View, origin, chosen)) is not null, "a matte");
        return matte!;
    }

    private static FrameBuffer Person(int left)
    {
        FrameBuffer picture = TestPicture.Flat(Width, Height, 60);
        TestPicture.Block(picture, left, 120, 120, 240, 220, 110, 150);
        return picture;
    }

    private static FrameBuffer Noisy(FrameBuffer picture, int seed)
    {
        FrameBuffer noisy = TestPicture.New(Width, Height);
        Random random = new(seed);
        for (int i = 0; i < noisy.Bytes.Length; i++) noisy.Bytes[i] = (byte)(picture.Bytes[i] + random.Next(-6, 7));
        return noisy;
    }

    private static unsafe int Share(Matte matte, int x, int y) => matte.Luma.Row(0, y)[x];

    private static unsafe byte[] Bytes(Matte matte) => new ReadOnlySpan<byte>(matte.Luma.Row(0, 0), Width * Height).ToArray();
}
