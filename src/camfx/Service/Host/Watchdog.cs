using Camfx.Posix;

namespace Camfx.Service.Host;

/// <summary>
/// Tells systemd that the service is alive, and only while it is: while every render thread that has work turns, and the bus's thread comes to what
/// is posted to it. A service that hangs is started anew.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>How long a render thread may be in one frame, or the bus's thread in one call, in ns.</summary>
    public const long Patience = 10_000_000_000;

    private readonly SystemdLink _systemd;
    private readonly CameraTable _table;
    private readonly Timer? _timer;
    private long _mainTurn = MonotonicClock.Now;
    private bool _told;

    public Watchdog(SystemdLink systemd, CameraTable table)
    {
        _systemd = systemd;
        _table = table;
        if (systemd.Watchdog is not { } time) return;
        TimeSpan pause = time / 3;
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, pause);
    }

    /// <summary>Called in each look to have the bus's thread say <see cref="MainTurned"/>.</summary>
    public Action? AskMain { get; set; }

    /// <summary>The bus's thread works, or waits for a bus.</summary>
    public void MainTurned() => Volatile.Write(ref _mainTurn, MonotonicClock.Now);

    /// <summary>Who hangs at a time, or null.</summary>
    internal string? Hanging(long now)
    {
        if (now - Volatile.Read(ref _mainTurn) > Patience) return "the bus's thread";
        foreach (CameraSession session in _table.All)
            if (session.Camera is { } camera && now - camera.LastTick > Patience) return $"the camera '{session.Id}'";
        return null;
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        AskMain?.Invoke();
        if (Hanging(MonotonicClock.Now) is not { } who)
        {
            _systemd.Alive();
            _told = false;
        }
        else if (!_told)
        {
            ServiceLog.Warning($"{who} has not turned for {Patience / 1_000_000_000} s; systemd will start camfx anew.");
            _told = true;
        }
    }
}
