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
    private long _asked;
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
    public void MainTurned() => Volatile.Write(ref _asked, 0);

    /// <summary>Who hangs at a time, or null.</summary>
    internal string? Hanging(long now)
    {
        // The age of the question counts, and not that of the last answer, which is as old as the last look.
        if (Volatile.Read(ref _asked) is not 0 and long asked && now - asked > Patience) return "the bus's thread";
        foreach (CameraSession session in _table.All)
            if (session.Camera is { } camera && now - camera.LastTick > Patience) return $"the camera '{session.Id}'";
        return null;
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Asks the bus's thread. Again, if it has not answered: what it was asked may have ended with a connection.</summary>
    internal void Ask(long now)
    {
        if (AskMain is not { } ask) return;
        _ = Interlocked.CompareExchange(ref _asked, now, 0);
        ask();
    }

    private void Look()
    {
        long now = MonotonicClock.Now;
        Ask(now);
        if (Hanging(now) is not { } who)
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
