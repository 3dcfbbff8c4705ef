using System.Runtime.InteropServices;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Service.Host;
using Camfx.Service.Objects;
using Camfx.Service.State;

namespace Camfx.Service;

/// <summary><c>camfx run --service</c>: the saved cameras, and the name org.camfx.Camfx1 on the session bus, until it is told to end.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const long FirstPause = 100_000_000, LongestPause = 5_000_000_000;

    private readonly Alarm _alarm = new();
    private readonly SystemdLink _systemd = SystemdLink.Connect(Environment.GetEnvironmentVariable);
    private readonly Lock _gate = new();
    private BusLoop? _loop;
    private volatile bool _stop;
    private bool _told;

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="CamfxException">There is no session bus, or another process is the service.</exception>
    public static void Run()
    {
        using ServiceProcess service = new();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, service.End);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, service.End);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, service.End);
        service.Serve();
    }

    public void Dispose() => _systemd.Dispose();

    private void Serve()
    {
        // The name first, and the cameras then: two services must not fight for one PipeWire node.
        Bus? bus = ServiceBusName.Open();
        ServiceBusName.RefuseSecond(bus);
        using CameraTable table = new(new StateFile(StateFolder.Path));
        using Watchdog watchdog = new(_systemd, table);
        using LogindWatch logind = new(table, Bus.OpenSystem);
        logind.AwaitKnown();
        table.Start();
        watchdog.AskMain = () => AskMain(watchdog);
        long pause = FirstPause;
        while (!_stop)
        {
            if (bus is not null)
            {
                ServeOn(bus, table);
                pause = FirstPause;
                bus = null;
                if (_stop) break;
                ServiceLog.Warning("The session bus has ended; the cameras go on, and the name comes back with the bus.");
            }

            _alarm.Sleep(MonotonicClock.Now + pause);
            pause = Math.Min(pause * 2, LongestPause);
            bus = ServiceBusName.TryOpen();
            watchdog.MainTurned();
        }

        _systemd.Stopping();
    }

    /// <summary>Serves on one connection until it ends.</summary>
    private void ServeOn(Bus bus, CameraTable table)
    {
        using (bus)
        {
            using BusLoop loop = new(bus);
            using ServiceBus objects = new(loop, table, () => _systemd.Status(ServiceStatus.Of(table)));
            lock (_gate) _loop = loop;
            try
            {
                objects.Offer();
                _systemd.Ready();
                if (!_told) Console.Out.WriteLine($"{ServicePaths.BusName} is on the session bus; 'camfx status' says what it does, Ctrl-C ends it.");
                _told = true;
                if (!_stop) loop.Run();
                bus.Flush();
            }
            catch (BusException failure) when (failure.Name != BusErrors.Busy && !_stop)
            {
                ServiceLog.Notice($"The connection to the session bus has ended: {failure.Message}");
            }
            catch (BusException failure) when (failure.Name == BusErrors.Busy)
            {
                throw new CamfxException(ExitCode.Failed, ServiceBusName.RunningSentence(bus) ?? failure.Message, failure);
            }
            finally
            {
                lock (_gate) _loop = null;
            }
        }
    }

    private void AskMain(Watchdog watchdog)
    {
        lock (_gate)
        {
            if (_loop is not null) _loop.Post(watchdog.MainTurned);
        }
    }

    private void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _stop = true;
        lock (_gate) _loop?.Stop();
        _alarm.Ring();
    }
}
