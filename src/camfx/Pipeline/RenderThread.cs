using System.Collections.Concurrent;
using Camfx.Configuration;
using Camfx.Posix;

namespace Camfx.Pipeline;

/// <summary>
/// The thread that renders: one frame at each tick while somebody watches, and asleep, with the source closed, while nobody does. Changes
/// of what it renders are made on it, between two frames.
/// </summary>
internal sealed class RenderThread : IDisposable
{
    /// <summary>What <see cref="LastTurn"/> says while the thread sleeps until something happens.</summary>
    public const long Resting = long.MaxValue;

    private readonly SourceSwitch _source;
    private readonly Renderer _renderer;
    private readonly Demand _demand;
    private readonly SourcePermission _permission;
    private readonly Alarm _alarm;
    private readonly RenderStatistics _statistics;
    private readonly Action _published;
    private readonly Action _changed;
    private readonly Pacer _pacer;
    private readonly long _missedBefore;
    private readonly ConcurrentQueue<Action> _changes = new();
    private readonly Thread _thread;
    private volatile bool _stop;
    private volatile bool _hurry;
    private volatile CameraState _state;
    private volatile string? _reason;
    private long _lastTurn = Resting;

    /// <summary>
    /// Prepares the thread; on it <paramref name="published"/> is called after each frame that went out, <paramref name="changed"/> when
    /// <see cref="State"/> or the reason for it is another one.
    /// </summary>
    public RenderThread(
        CameraMode mode, SourceSwitch source, Renderer renderer, Demand demand, SourcePermission permission, Alarm alarm,
        RenderStatistics statistics, Action published, Action changed)
    {
        _source = source;
        _renderer = renderer;
        _demand = demand;
        _permission = permission;
        _alarm = alarm;
        _statistics = statistics;
        _published = published;
        _changed = changed;
        _pacer = new Pacer(mode.FrameRate.Interval);
        _missedBefore = statistics.Missed;
        _thread = new Thread(Run) { Name = "camfx render", IsBackground = true };
    }

    public CameraState State => _state;

    /// <summary>Why there is no picture, or null.</summary>
    public string? Reason => _reason;

    /// <summary>When the thread last went round, CLOCK_MONOTONIC in ns; <see cref="Resting"/> while it has nothing to do. Thread-safe.</summary>
    public long LastTurn => Volatile.Read(ref _lastTurn);

    public void Start() => _thread.Start();

    /// <summary>The next frame is rendered now, and the grid of ticks begins anew with it. Thread-safe.</summary>
    public void Hurry()
    {
        _hurry = true;
        _alarm.Ring();
    }

    /// <summary>Has a change made between two frames. It takes no time and throws nothing. Thread-safe.</summary>
    public void Post(Action change)
    {
        _changes.Enqueue(change);
        _alarm.Ring();
    }

    /// <summary>Ends the thread and waits for it. What was posted and not done yet is done here.</summary>
    public void Dispose()
    {
        _stop = true;
        _alarm.Ring();
        if (_thread.IsAlive) _thread.Join();
        MakeChanges();
    }

    private void Run()
    {
        bool running = false;
        while (!_stop)
        {
            MakeChanges();
            long now = MonotonicClock.Now;
            Volatile.Write(ref _lastTurn, now);
            _renderer.Refusal = _permission.Refusal;
            if (_renderer.Refusal is not null) _source.RestAside();
            long openUntil = OpenUntil();
            if (now >= openUntil)
            {
                if (running) _source.Rest();
                running = false;
                Become(CameraState.Idle);
                Sleep(long.MaxValue);
                continue;
            }

            if (!running || _hurry) _pacer.Restart(now);
            running = true;
            _hurry = false;
            if (openUntil != long.MaxValue)
            {
                // Lingering: the source stays open, but nobody looks, so nothing is drawn.
                Sleep(openUntil);
                _pacer.Restart(MonotonicClock.Now);
                continue;
            }

            if (now < _pacer.Next) _alarm.Sleep(_pacer.Next);
            else Tick();
        }
    }

    private void MakeChanges()
    {
        while (_changes.TryDequeue(out Action? change)) change();
    }

    /// <summary>Until when frames are made or the source is kept: as <see cref="Demand.OpenUntil"/>.</summary>
    private long OpenUntil()
    {
        if (_renderer.Refusal is not null) return _demand.IsWatched ? long.MaxValue : long.MinValue;
        return _permission.IsAlwaysOpen ? long.MaxValue : _demand.OpenUntil;
    }

    private void Sleep(long until)
    {
        Volatile.Write(ref _lastTurn, Resting);
        _alarm.Sleep(until);
    }

    private void Become(CameraState state)
    {
        // The reason may become another one while the card stays.
        string? reason = _renderer.Reason;
        if (state == _state && string.Equals(reason, _reason, StringComparison.Ordinal)) return;
        _reason = reason;
        _state = state;
        _changed();
    }

    private void Tick()
    {
        bool published = _renderer.Render(_pacer.Next);
        long now = MonotonicClock.Now;
        if (published)
        {
            _statistics.FrameCame(now);
            _published();
        }

        Become(_renderer.State);
        _pacer.Advance(MonotonicClock.Now);
        _statistics.Missed = _missedBefore + _pacer.Missed;
        _statistics.Rates.Add(now, _statistics.Pictures + _source.Dropped, _statistics.Published);
        _statistics.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread();
    }
}
