using System.Collections.Immutable;
using Camfx.Analysis.Plates;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sources;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Pipeline;

/// <summary>A camera in this process whose queue somebody reads, and looks at every pixel of its luma.</summary>
internal sealed class WatchedCamera : IDisposable
{
    public const int Width = 320, Height = 192;

    private const long Patience = 20_000_000_000;
    private static int s_last;

    private readonly string _name = $"live {Environment.ProcessId} {Interlocked.Increment(ref s_last)}";
    private FrameQueueConnection? _connection;
    private ulong _sequence;
    private Seen? _first;
    private Seen _newest;

    public WatchedCamera(string source, SourcePool? sources = null, IdleMode idle = IdleMode.OnDemand, string[]? effects = null, PlateStore? plates = null)
    {
        _ = RuntimeFolder.Path;
        Camera = new Camera(new CameraOptions(_name, source, EffectSetting.ParseAll(effects ?? []), Mode, ["queue"], idle), sources, plates: plates);
        Camera.Start();
    }

    public static CameraMode Mode { get; } = new(Width, Height, FrameRate.Parse("120"));

    public Camera Camera { get; }

    /// <summary>Whether pictures have one luma everywhere.</summary>
    public bool IsFlat { get; init; } = true;

    /// <summary>Whether the last frame is a card.</summary>
    public bool IsCard { get; private set; }

    /// <summary>The queue, as it is read.</summary>
    public FrameQueueReader Reader => Connection.Reader;

    private FrameQueueConnection Connection => _connection ??= FrameQueueConnection.Connect(FrameQueueAddress.PathOf(RuntimeFolder.Path, Camera.Options.Name));

    /// <summary>Waits for the next frame and gives the luma it has everywhere. Two in one picture are a torn frame.</summary>
    public byte Next()
    {
        FrameLease lease;
        do Assert.True(Reader.Wait(_sequence, MonotonicClock.Now + Patience), "no frame came");
        while (!Reader.TryAcquire(out lease));
        Assert.True(lease.Sequence > _sequence, "a frame came twice");
        _sequence = lease.Sequence;
        _newest = new Seen(lease.Sequence, lease.Timing.PresentationTime, Camera.Statistics.Missed);
        _first ??= _newest;
        IsCard = (lease.Flags & FrameFlags.Placeholder) != FrameFlags.None;
        byte luma = LumaOf(lease.View);
        Assert.True(Reader.Release(lease), "the frame was taken away");
        return luma;
    }

    /// <summary>As <see cref="Next"/>, of a picture that is no card.</summary>
    public byte NextPicture()
    {
        byte luma = Next();
        Assert.False(IsCard, "a card is shown");
        return luma;
    }

    /// <summary>Looks at frames until there is a card.</summary>
    public void AwaitCard()
    {
        long deadline = MonotonicClock.Now + Patience;
        do Assert.True(Next() >= 0 && MonotonicClock.Now < deadline, "no card came");
        while (!IsCard);
    }

    /// <summary>Looks at frames until there is a picture of this luma.</summary>
    public void AwaitPicture(byte luma)
    {
        long deadline = MonotonicClock.Now + Patience;
        byte seen;
        do Assert.True((seen = Next()) >= 0 && MonotonicClock.Now < deadline, $"no picture of {luma} came");
        while (IsCard || seen != luma);
    }

    /// <summary>Each tick from the first frame seen to the last has had a frame, but for those a busy machine has missed, which the camera counts.</summary>
    public void AssertNoGap()
    {
        Seen first = _first!.Value;
        long interval = Mode.FrameRate.Interval, time = _newest.Time - first.Time;
        Assert.Equal(0, time % interval);
        long without = time / interval - (long)(_newest.Sequence - first.Sequence);

        // The counter is read a moment after the frame.
        Assert.True(without <= _newest.Missed, $"{without} ticks without a frame, and only {_newest.Missed} of them were missed");
    }

    /// <summary>Closes the reader.</summary>
    public void Leave()
    {
        _connection?.Dispose();
        (_connection, _sequence, _first) = (null, 0, null);
    }

    /// <summary>Waits for something the camera's threads do.</summary>
    public static void Await(Func<bool> condition, string what)
    {
        long deadline = MonotonicClock.Now + Patience;
        while (!condition())
        {
            Assert.True(MonotonicClock.Now < deadline, $"never: {what}");
            Thread.Yield();
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        Camera.Dispose();
    }

    private unsafe byte LumaOf(in FrameView view)
    {
        byte luma = *view.Row(0, 0);
        for (int row = 0; row < view.Height && IsFlat && !IsCard; row++)
            Assert.True(new ReadOnlySpan<byte>(view.Row(0, row), view.Width).IndexOfAnyExcept(luma) < 0, $"row {row} is of another picture");
        return luma;
    }

    private readonly record struct Seen(ulong Sequence, long Time, long Missed);
}
