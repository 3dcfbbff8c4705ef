using System.Diagnostics;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Sources;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Sources;

/// <summary>Which picture of a film each tick shows: told by the film's luma, which grows by four from picture to picture.</summary>
public sealed class FileSourceTests : IDisposable
{
    private const int Width = 64, Height = 64, Pictures = 30;
    private const long Tick = 1_000_000_000 / 30;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task AFilmOfTheCamerasRateShowsEachPictureOnce() =>
        Assert.Equal(Enumerable.Range(0, 25), await ShownAsync(rate: 30, ticks: 25));

    [SkippableFact]
    public async Task ASlowerFilmRepeatsPicturesEvenly() =>
        Assert.Equal(Enumerable.Range(0, 25).Select(tick => tick / 2), await ShownAsync(rate: 15, ticks: 25));

    [SkippableFact]
    public async Task AFasterFilmLeavesPicturesOutEvenlyAndCountsThem()
    {
        Assert.Equal(Enumerable.Range(0, 12).Select(tick => tick * 2), await ShownAsync(rate: 60, ticks: 12));
    }

    [SkippableFact]
    public async Task WithoutLoopTheLastPictureStays()
    {
        int[] shown = await ShownAsync(rate: 30, ticks: Pictures + 10);
        Assert.Equal(Enumerable.Range(0, Pictures).Concat(Enumerable.Repeat(Pictures - 1, 10)), shown);
    }

    [SkippableFact]
    public async Task WithLoopTheFirstFollowsTheLast() =>
        Assert.Equal(
            Enumerable.Range(0, 2 * Pictures + 10).Select(tick => tick % Pictures),
            await ShownAsync(rate: 30, ticks: 2 * Pictures + 10, query: "?loop=1"));

    [SkippableFact]
    public async Task ItStartsWhereTheUriSays() =>
        Assert.Equal(Enumerable.Range(15, 10), await ShownAsync(rate: 30, ticks: 10, query: "?start=0.5"));

    [SkippableFact]
    public async Task ADrawnPictureAllocatesNothing()
    {
        using ISource source = await OpenAsync(30, "?loop=1");
        using var frame = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, Width, Height), ColorMatrix.Bt601, ColorRange.Limited);
        for (int tick = 0; tick < 10; tick++) DrawWhenReady(source, frame, tick * Tick);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int tick = 10; tick < 100; tick++) source.Draw(frame.View, tick * Tick, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private async Task<int[]> ShownAsync(int rate, int ticks, string query = "")
    {
        var arrivals = new Arrivals();
        using ISource source = await OpenAsync(rate, query, arrivals.Count);
        using var frame = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, Width, Height), ColorMatrix.Bt601, ColorRange.Limited);
        int first = query.Contains("start", StringComparison.Ordinal) ? 15 : 0;
        var shown = new int[ticks];
        for (int tick = 0; tick < ticks; tick++)
        {
            // The decoder is let run ahead, so that only time stamps decide.
            int due = tick * rate / 30 + 1;
            arrivals.WaitFor(query.Contains("loop", StringComparison.Ordinal) ? due : Math.Min(due, Pictures - first));
            DrawWhenReady(source, frame, tick * Tick);
            shown[tick] = Picture(frame);
        }

        return shown;
    }

    private static unsafe int Picture(FrameBuffer frame) => (*frame.View.Row(0, Height / 2) - 20 + 2) / 4;

    private static void DrawWhenReady(ISource source, FrameBuffer frame, long time)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!source.Draw(frame.View, time, out _))
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(20), "no picture came");
    }

    private async Task<ISource> OpenAsync(int rate, string query, Action? arrived = null)
    {
        string film = _folder.File($"{rate}.mp4");
        await Clips.MakeAsync(
            "-f", "lavfi", "-i", $"color=black:size={Width}x{Height}:rate={rate}:duration=10,geq=lum='20+4*N':cb=128:cr=128", "-frames:v", $"{Pictures}",
            "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "1", film);
        ISource source = SourceKinds.Create($"file:{film}{query}", new CameraMode(Width, Height, new FrameRate(30, 1)));
        source.Start(arrived ?? (static () => { }));
        return source;
    }

    private sealed class Arrivals
    {
        private int _count;

        public void Count() => Interlocked.Increment(ref _count);

        public void WaitFor(int count) => Assert.True(
            SpinWait.SpinUntil(() => Volatile.Read(ref _count) >= count, TimeSpan.FromSeconds(20)), $"picture {count} was never decoded");
    }
}
