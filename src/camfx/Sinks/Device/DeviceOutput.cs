using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.Devices;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Sinks.Device;

/// <summary>
/// The output <c>device[:LABEL]</c>: a /dev/videoX that camfx-helper owns and that reads the camera's queue. The helper, the device and the
/// bus may go and come back; the camera goes on.
/// </summary>
internal sealed class DeviceOutput : IOutput
{
    private const long Pause = 2_000_000_000;

    private readonly CameraOptions _options;
    private readonly FormatQueues _queues;
    private readonly Demand _demand;
    private readonly string _label;
    private readonly bool _required;
    private readonly Func<Bus> _open;
    private readonly Thread _thread;
    private readonly Alarm _alarm = new();
    private readonly ManualResetEventSlim _decided = new();
    private readonly Lock _gate = new();
    private volatile DeviceStatus _status = DeviceStatus.Begin;
    private volatile bool _isHere;
    private BusLoop? _loop;
    private DeviceLink? _link;
    private bool _stopped;

    /// <param name="options">The camera's.</param>
    /// <param name="queues">The camera's.</param>
    /// <param name="demand">The camera's.</param>
    /// <param name="label">The device's label; null: the camera's name.</param>
    /// <param name="required">Whether a device was asked for: then the camera does not start without it.</param>
    /// <param name="open">Opens the system bus.</param>
    /// <exception cref="CamfxException">A label that no device can have.</exception>
    public DeviceOutput(CameraOptions options, FormatQueues queues, Demand demand, string? label, bool required, Func<Bus> open)
    {
        _options = options;
        _queues = queues;
        _demand = demand;
        _label = label is null ? options.Name : CameraName.Check(label);
        _required = _isHere = required;
        _open = open;
        _thread = new Thread(Run) { Name = "camfx device", IsBackground = true };
    }

    public event Action? Changed;

    public string Kind => "device";

    public bool IsHere
    {
        get => _isHere;
        init => _isHere = value;
    }

    public string State => _status.State.ToString().ToLowerInvariant();

    public string? Problem => _status.Problem;

    /// <summary>The device's first node; empty while there is none.</summary>
    public string Node => _status.Node;

    public string Target => _status.Node;

    /// <summary>How frames reach it.</summary>
    public string Memory => _status.Memory;

    public ImmutableArray<Consumer> Consumers => _status.Consumers;

    public void Start()
    {
        _thread.Start();
        if (!_required) return;
        _decided.Wait();
        if (_status.Failure is { } failure) throw failure;
    }

    // The helper waits on the queue itself.
    public void FramePublished()
    {
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped) return;
            _stopped = true;
            _loop?.Post(() => _link?.Leave(() => _loop?.Stop()));
        }

        _alarm.Ring();
        if (_thread.IsAlive) _thread.Join();
        _decided.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            try
            {
                using Bus bus = DeviceService.Reach(_open);
                RunOn(bus);
            }
            catch (CamfxException failure)
            {
                // Not for want of a helper: a machine without a system bus gets none while the camera runs.
                if (!_isHere) return;
                Follow(new DeviceStatus(DeviceState.Refused, failure.Message, "", "", [], failure));
            }
            catch (BusException failure)
            {
                Follow(_status with { State = DeviceState.Connecting, Problem = $"The system bus has ended: {failure.Message}", Consumers = [] });
            }

            if (IsStopped) return;
            _alarm.Sleep(MonotonicClock.Now + Pause);
            if (IsStopped) return;
        }
    }

    private bool IsStopped
    {
        get
        {
            lock (_gate) return _stopped;
        }
    }

    private void RunOn(Bus bus)
    {
        using BusLoop loop = new(bus);
        using DeviceLink link = new(loop, _label, _options, _queues, _demand, Follow);
        lock (_gate)
        {
            if (_stopped) return;
            _link = link;
            _loop = loop;
        }

        try
        {
            link.Begin();
            loop.Run();
        }
        finally
        {
            lock (_gate)
            {
                _link = null;
                _loop = null;
            }
        }
    }

    private void Follow(DeviceStatus status)
    {
        _status = status;
        if (status.State is not (DeviceState.Absent or DeviceState.Connecting)) _isHere = true;
        if (status.State is DeviceState.Ready or DeviceState.Streaming || status.Failure is not null) _decided.Set();
        Changed?.Invoke();
    }
}
