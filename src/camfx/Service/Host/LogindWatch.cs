using Camfx.DBus;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Service.Host;

/// <summary>
/// Hears from logind that the computer goes to sleep or the screen is locked, and keeps the cameras' sources closed meanwhile. A system without
/// logind is one that does neither.
/// </summary>
internal sealed class LogindWatch : IDisposable
{
    private const long Pause = 10_000_000_000;

    private readonly CameraTable _table;
    private readonly Func<Bus> _open;
    private readonly Thread _thread;
    private readonly Alarm _alarm = new();
    private readonly Lock _gate = new();
    private BusLoop? _loop;
    private bool _stopped;

    /// <param name="table">The cameras.</param>
    /// <param name="open">Opens the system bus.</param>
    public LogindWatch(CameraTable table, Func<Bus> open)
    {
        _table = table;
        _open = open;
        _thread = new Thread(Run) { Name = "camfx logind", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _loop?.Stop();
        }

        _alarm.Ring();
        _thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            try
            {
                using Bus bus = _open();
                using BusLoop loop = new(bus);
                lock (_gate)
                {
                    if (_stopped) return;
                    _loop = loop;
                }

                using LogindLink link = new(loop, _table);
                link.Begin();
                loop.Run();
            }
            catch (Exception failure) when (failure is BusException or DllNotFoundException or PosixException)
            {
                // There is no system bus, or it ended: looked for again now and then.
            }
            finally
            {
                lock (_gate) _loop = null;
            }

            lock (_gate)
                if (_stopped) return;
            _alarm.Sleep(MonotonicClock.Now + Pause);
            lock (_gate)
                if (_stopped) return;
        }
    }
}
