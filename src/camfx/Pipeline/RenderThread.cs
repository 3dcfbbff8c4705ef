using Camfx.Configuration;
using Camfx.Posix;

namespace Camfx.Pipeline;

/// <summary>
/// The thread that renders: one frame at each tick while somebody watches, and asleep, with the source closed, while nobody does.
/// </summary>
internal sealed class RenderThread : IDisposable
{
    private readonly CameraSource _source;
    private readonly Renderer _renderer;
    private readonly Demand _demand;
    private readonly Alarm _alarm;
    private readonly Action _published;
    private readonly Action _changed;
    private readonly Pacer _pacer;
    private readonly Thread _thread;
    private volatile bool _stop;
    private volatile bool _hurry;
    private volatile CameraState _state;
    private string? _reason;

    /// <summary>
    /// Prepares the thread; on it <paramref name="published"/> is called after each frame that went out, <paramref name="changed"/> when
    /// <see cref="State"/> or the reason for it is another one.
    /// </summary>
    public RenderThread(
        CameraMode mode, CameraSource source, Renderer renderer, Demand demand, Alarm alarm, Action published, Action changed)
    {
        _source = source;
        _renderer = renderer;
        _demand = demand;
        _alarm = alarm;
        _published = published;
        _changed = changed;
        _pacer = new Pacer(mode.FrameRate.Interval);
        _thread = new Thread(Run) { Name = "camfx render", IsBackground = true };
    }

    public RenderStatistics Statistics { get; } = new();

    public CameraState State => _state;

    public void Start() => _thread.Start();

    /// <summary>The next frame is rendered now, and the grid of ticks begins anew with it. Thread-safe.</summary>
    public void Hurry()
    {
        _hurry = true;
        _alarm.Ring();
    }

    /// <summary>Ends the thread and waits for it.</summary>
    public void Dispose()
    {
        _stop = true;
        _alarm.Ring();
        if (_thread.IsAlive) _thread.Join();
    }

    private void Run()
    {
        bool running = false;
        while (!_stop)
        {
            long now = MonotonicClock.Now, openUntil = _demand.OpenUntil;
            if (now >= openUntil)
            {
                if (running) Rest();
                running = false;
                Become(CameraState.Idle);
                _alarm.Sleep(long.MaxValue);
                continue;
            }

            if (!running || _hurry) _pacer.Restart(now);
            running = true;
            _hurry = false;
            if (openUntil != long.MaxValue)
            {
                // Lingering: the source stays open, but nobody looks, so nothing is drawn.
                _alarm.Sleep(openUntil);
                _pacer.Restart(MonotonicClock.Now);
                continue;
            }

            if (now < _pacer.Next)
            {
                _alarm.Sleep(_pacer.Next);
                continue;
            }

            Tick();
        }
    }

    private void Rest()
    {
        _source.Rest();
        _renderer.Rest();
    }

    private void Become(CameraState state)
    {
        // The reason may become another one while the card stays.
        if (state == _state && string.Equals(_source.Failure, _reason, StringComparison.Ordinal)) return;
        _state = state;
        _reason = _source.Failure;
        _changed();
    }

    private void Tick()
    {
        if (_renderer.Render(_pacer.Next))
        {
            Statistics.Published++;
            if (Statistics.FirstPublished == 0) Statistics.FirstPublished = MonotonicClock.Now;
            _published();
        }

        Become(_renderer.State);
        _pacer.Advance(MonotonicClock.Now);
        Statistics.Missed = _pacer.Missed;
        Statistics.Unpublished = _renderer.Unpublished;
        Statistics.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread();
    }
}
