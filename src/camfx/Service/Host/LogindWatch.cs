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

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly CameraTable _table;
    private readonly Func<Bus> _open;
    private readonly Thread _thread;
    private readonly Alarm _alarm = new();
    private readonly ManualResetEventSlim _known = new();
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

    /// <summary>
    /// Waits until it is known whether the sources may be open, so that none is opened behind a locked screen; not long, for apps wait for their cameras.
    /// </summary>
    public void AwaitKnown() => _known.Wait(s_patience);

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _loop?.Stop();
        }

        _alarm.Ring();
        _thread.Join();
        _known.Dispose();
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

                using LogindLink link = new(loop, _table, _known.Set);
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
                _known.Set();
            }

            lock (_gate)
                if (_stopped) return;
            _alarm.Sleep(MonotonicClock.Now + Pause);
            lock (_gate)
                if (_stopped) return;
        }
    }
}
