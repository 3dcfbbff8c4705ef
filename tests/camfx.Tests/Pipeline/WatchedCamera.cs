using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sources;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Pipeline;

/// <summary>A camera in this process whose queue somebody reads: every frame of it is looked at.</summary>
internal sealed class WatchedCamera : IDisposable
{
    public const int Width = 320, Height = 192;

    private const long Patience = 20_000_000_000;
    private static int s_last;

    private readonly string _name = $"live {Environment.ProcessId} {Interlocked.Increment(ref s_last)}";
    private FrameQueueConnection? _connection;
    private ulong _last;
    private long _lastTime;

    public WatchedCamera(string source, SourcePool? sources = null, params string[] effects)
    {
        _ = RuntimeFolder.Path;
        Camera = new Camera(
            new CameraOptions(
                _name, source, EffectSetting.ParseAll(effects), new CameraMode(Width, Height, FrameRate.Parse("60")), ["queue"], IdleMode.OnDemand),
            sources);
        Camera.Start();
    }

    public Camera Camera { get; }

    /// <summary>Whether cards are among the frames that are expected.</summary>
    public bool MayShowCards { get; set; }

    /// <summary>The flags of the last frame.</summary>
    public FrameFlags Flags { get; private set; }

    public FrameQueueConnection Connection => _connection ??= Connect();

    /// <summary>Waits for the next frame, checks it, and gives the luma it has everywhere.</summary>
    public byte Next()
    {
        FrameQueueReader reader = Connection.Reader;
        FrameLease lease;
        long deadline = MonotonicClock.Now + Patience;
        do Assert.True(reader.Wait(_last, deadline), "no frame came");
        while (!reader.TryAcquire(out lease));
        byte luma = Flat(lease.View);
        Flags = lease.Flags;
        Assert.True(reader.Release(lease), "the frame was taken away");
        if (!MayShowCards) Assert.Equal(FrameFlags.None, lease.Flags);
        _last = lease.Sequence;
        _lastTime = lease.Timing.PresentationTime;
        return luma;
    }

    public void Leave()
    {
        _connection?.Dispose();
        _connection = null;
        (_last, _lastTime) = (0, 0);
    }

    public void Dispose()
    {
        _connection?.Dispose();
        Camera.Dispose();
    }

    private FrameQueueConnection Connect() => FrameQueueConnection.Connect(FrameQueueAddress.PathOf(RuntimeFolder.Path, _name));

    /// <summary>The luma of a flat picture; one with two of them is torn, or a card.</summary>
    private unsafe byte Flat(in FrameView view)
    {
        byte luma = *view.Row(0, 0);
        for (int row = 0; row < view.Height && !MayShowCards; row++)
            Assert.True(new ReadOnlySpan<byte>(view.Row(0, row), view.Width).IndexOfAnyExcept(luma) < 0, $"row {row} is of another picture");
        return luma;
    }
}
