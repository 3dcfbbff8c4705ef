using System.Text.Json;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Effects.Plugin;

/// <summary>The built camera with <c>Plugins/plugin.py</c> as its effect, watched through its queue.</summary>
internal sealed class PluginCamera : IDisposable
{
    public const int Width = 320, Height = 240;

    private const byte Mark = 77;
    private const long Interval = 1_000_000_000 / 30, Patience = 20_000_000_000;

    private readonly RunningCamera _camera;
    private FrameQueueConnection? _connection;
    private ulong _sequence;
    private int _number = -1;
    private long _time;
    private ulong _firstSequence;
    private long _firstTime;

    public PluginCamera(string mode, string more = "")
    {
        Skip.IfNot(File.Exists("/usr/bin/python3"), "python3 is not installed; run 'make test'");
        string program = Path.Combine(BuiltCamfx.Repository, "tests", "camfx.Tests", "Plugins", "plugin.py");
        _camera = new RunningCamera(
            "--source", "test:counter", "--size", $"{Width}x{Height}", "--output", "queue", "--effect", $"plugin:path={program},args={mode}{more}");
    }

    /// <summary>The running camfx.</summary>
    public RunningCamera Camera => _camera;

    /// <summary>Frames that were seen with the plug-in's mark.</summary>
    public int Marked { get; private set; }

    /// <summary>Frames that were seen without it.</summary>
    public int Unmarked { get; private set; }

    /// <summary>Begins to watch.</summary>
    public async Task<PluginCamera> WatchAsync()
    {
        await _camera.WaitForStateAsync("idle");
        _connection = FrameQueueConnection.Connect(_camera.QueuePath);
        return this;
    }

    /// <summary>
    /// Looks at so many frames: they come at the camera's ticks, their numbers never go back, and while no plug-in's picture is shown each
    /// published frame has a number of its own.
    /// </summary>
    public void See(int frames)
    {
        bool wasMarked = true;
        for (int i = 0; i < frames; i++)
        {
            FrameLease lease = Next();
            int number = CounterPicture.Number(lease.View);
            bool isMarked = CounterPicture.Luma(lease.View, Height - 1) == Mark;
            if (_number >= 0)
            {
                Assert.True(number >= _number, $"frame {number} came after {_number}");
                Assert.Equal(0, (lease.Timing.PresentationTime - _time) % Interval);
                if (!isMarked && !wasMarked) Assert.Equal(lease.Sequence - _sequence, (ulong)(number - _number));
            }

            else
            {
                (_firstSequence, _firstTime) = (lease.Sequence, lease.Timing.PresentationTime);
            }

            if (isMarked) Marked++;
            else Unmarked++;
            (_number, _sequence, _time, wasMarked) = (number, lease.Sequence, lease.Timing.PresentationTime, isMarked);
            Assert.True(_connection!.Reader.Release(lease));
        }
    }

    /// <summary>
    /// The camera has not waited for anybody: of the ticks seen from first to last, most have a frame. (A busy machine may miss some; a camera that
    /// waits for this plug-in would miss five of six.)
    /// </summary>
    public void AssertKeptItsPace()
    {
        long ticks = (_time - _firstTime) / Interval, published = (long)(_sequence - _firstSequence);
        Assert.True(published * 2 >= ticks, $"{published} frames were published in {ticks} ticks");
    }

    /// <summary>Looks at frames until the statistics say this of the plug-in; gives what they say.</summary>
    public JsonElement SeeUntil(Func<JsonElement, bool> condition, string what)
    {
        long deadline = MonotonicClock.Now + Patience;
        while (true)
        {
            See(5);
            if (Plugin is { } plugin && condition(plugin)) return plugin;
            Assert.True(MonotonicClock.Now < deadline, $"Nothing said '{what}'; the plug-in's last line was {Plugin}; errors: {_camera.Errors}");
        }
    }

    /// <summary>What the last statistics line says of the plug-in.</summary>
    public JsonElement? Plugin => _camera.Last is { ValueKind: JsonValueKind.Object } line ? line.GetProperty("plugins")[0] : null;

    public void Dispose()
    {
        _connection?.Dispose();
        _camera.Dispose();
    }

    private FrameLease Next()
    {
        while (true)
        {
            Assert.True(_connection!.Reader.Wait(_sequence, MonotonicClock.Now + Patience), "no frame came");
            if (_connection.Reader.TryAcquire(out FrameLease lease)) return lease;
        }
    }
}
