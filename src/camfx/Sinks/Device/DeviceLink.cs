using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Devices;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Sinks.Device;

/// <summary>
/// The output's side of one connection to the system bus: finds the camera's device or has it made, gives it the camera's queue, follows
/// whether it is watched, and does all of it again when the helper or the device has come back. A helper that is installed later is one that came back.
/// </summary>
/// <remarks>Thread-bound to the loop it is made on.</remarks>
internal sealed class DeviceLink : IDisposable
{
    /// <summary>How long the camera goes on as if the device had its queue while that is not so: the helper's next process takes the device over.</summary>
    private static readonly TimeSpan s_absence = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly BusLoop _loop;
    private readonly string _label;
    private readonly CameraOptions _options;
    private readonly FormatQueues _queues;
    private readonly Demand _demand;
    private readonly Action<DeviceStatus> _tell;
    private readonly ObjectManagerProxy _manager;
    private readonly DeviceWatchers _watchers;
    private readonly DeviceSearch _search;

    private DeviceState _state = DeviceState.Connecting;
    private string? _problem;
    private Device1Proxy? _device;
    private DeviceFeed? _feed;
    private IDisposable? _hangUp;
    private IDisposable? _retry;
    private IDisposable? _giveUp;
    private TimeSpan _pause = s_firstPause;
    private string? _owner;
    private int _attempt;
    private bool _isLetGo;
    private bool _isAwaited;
    private bool _ended;

    public DeviceLink(BusLoop loop, string label, CameraOptions options, FormatQueues queues, Demand demand, Action<DeviceStatus> tell)
    {
        _loop = loop;
        _label = label;
        _options = options;
        _queues = queues;
        _demand = demand;
        _tell = tell;
        _watchers = new DeviceWatchers(loop, () => Tell());
        _search = new DeviceSearch(loop, label, options.Mode);
        _manager = new ObjectManagerProxy(loop.Bus, DeviceService.BusName, DeviceService.Root);
    }

    private string WhyLetGo =>
        $"The device '{_label}' let the camera's pictures go: {(_device is { StateReason.Length: > 0 } device ? device.StateReason : "it is given them again.")}";

    /// <summary>Begins to look for the device.</summary>
    public void Begin()
    {
        _manager.Follow((_, interfaces) => Appeared(interfaces), (path, _) => Vanished(path));
        _loop.Bus.WatchName(DeviceService.BusName, OwnerChanged);
        _loop.Bus.Subscribe(new BusMatch(Bus.DriverName, null, Bus.DriverName, "ActivatableServicesChanged"), _ => ServicesChanged());

        // The first call starts a helper that nobody has needed so far.
        Look();
    }

    /// <summary>Has the device show its placeholder again. What is under way is not used any more.</summary>
    /// <param name="done">Called when no device is being made any more.</param>
    public void Leave(Action done)
    {
        _ended = true;
        if (_feed is not null && _device is not null && _owner is not null) _device.DetachAsync(static _ => { });
        Drop();
        _search.Settle(done);
    }

    public void Dispose()
    {
        _ended = true;
        _retry?.Dispose();
        _watchers.Dispose();
        _manager.Dispose();
        _device?.Dispose();
        Drop();
    }

    private void OwnerChanged(string? owner)
    {
        string? before = _owner;
        _owner = owner;
        if (_ended) return;
        if (owner is null)
        {
            Miss();
        }
        else if (before is not null || _retry is not null || _isAwaited)
        {
            // Another process than the one that knew us. What it took over is replaced between two frames.
            Look();
        }
    }

    /// <summary>The helper has ended. Killed, it comes back by itself; stopped or removed, it is not started again by who misses it.</summary>
    private void Miss()
    {
        if (_feed is null && _retry is null) return;
        _isAwaited = true;
        Cancel(ref _retry);
        if (_feed is not null) Await("camfx-helper has ended; the device comes back with it.");
    }

    /// <summary>Packages came or went: a helper that is new is started, and of one that is gone it is said.</summary>
    private void ServicesChanged()
    {
        if (_ended || _owner is not null || (!_isAwaited && _retry is null)) return;
        if (!_loop.Bus.IsActivatable(DeviceService.BusName)) Fail(DeviceService.WhyAbsent());
        else if (_state == DeviceState.Absent || _retry is not null) Look();
    }

    private void Look()
    {
        Cancel(ref _retry);
        _isAwaited = false;
        int attempt = ++_attempt;
        _search.Find(
            device =>
            {
                if (attempt == _attempt && !_ended) Use(device);
                else device.Dispose();
            },
            failure =>
            {
                if (attempt == _attempt && !_ended) Fail(failure);
            });
    }

    private void Use(Device1Proxy device)
    {
        int attempt = _attempt;
        _device?.Dispose();
        _device = device;
        device.Follow(Follow);
        device.RefreshAsync(failure =>
        {
            if (attempt != _attempt || _ended) return;
            if (failure is not null) Fail(DeviceService.Translate(failure, $"ask for the device '{_label}'"));
            else Attach(device);
        });
    }

    private void Attach(Device1Proxy device)
    {
        int attempt = _attempt;
        DeviceFeed? feed = null;
        try
        {
            feed = DeviceFeed.Attach(device, _queues, _demand, _options, failure => Attached(attempt, feed!, failure));
        }
        catch (CamfxException failure)
        {
            Fail(failure);
        }
        catch (Exception failure) when (failure is BusException or PosixException or ObjectDisposedException)
        {
            Fail(new CamfxException(ExitCode.Failed, $"Could not give the device '{_label}' the camera's pictures: {failure.Message}", failure));
        }
    }

    private void Attached(int attempt, DeviceFeed feed, BusException? failure)
    {
        if (failure is not null || attempt != _attempt || _ended)
        {
            feed.Dispose();
            if (failure is not null && attempt == _attempt && !_ended) Fail(DeviceService.Translate(failure, $"use the device '{_label}'"));
            return;
        }

        // The new one first: an app that watches is never without.
        feed.IsWatched = _device!.Watched;
        DeviceFeed? before = _feed;
        _feed = feed;
        Cancel(ref _hangUp);
        Cancel(ref _giveUp);
        before?.Dispose();
        _isLetGo = false;
        _hangUp = _loop.Watch(feed.HangUp, PollEvents.PeerClosed, _ => LetGo());
        _pause = s_firstPause;
        Follow();
    }

    /// <summary>The device let the queue go although nobody asked: it broke a rule, or this is the first sign of the helper's end.</summary>
    private void LetGo()
    {
        Cancel(ref _hangUp);
        _isLetGo = true;
        Await(WhyLetGo);
    }

    /// <summary>Tries again, and goes on as if the device were there: whoever watches it sees the camera again in a moment.</summary>
    private void Await(string problem)
    {
        Tell(DeviceState.Connecting, problem);
        _giveUp ??= _loop.After(s_absence, Drop);
        if (!_isAwaited) RetryLater();
    }

    private void Follow()
    {
        if (_feed is null || _device is null) return;
        bool began = _device.Watched && !_watchers.IsLooking;
        _feed.IsWatched = _device.Watched;
        if (began) _watchers.Begin(_device.Paths);
        else if (!_device.Watched) _watchers.End();
        if (_isLetGo)
        {
            // The reason may come later than the hang-up.
            Tell(DeviceState.Connecting, WhyLetGo);
            return;
        }

        Tell(_device.Watched ? DeviceState.Streaming : DeviceState.Ready, _device.State == "failed" ? $"The device '{_label}' failed: {_device.StateReason}" : null);
    }

    private void Appeared(IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>> interfaces)
    {
        if (_feed is null && interfaces.TryGetValue(Device1Proxy.Interface, out IReadOnlyDictionary<string, Variant>? properties)
            && properties.TryGetValue("Label", out Variant? label) && label.Value is string text && text == _label)
        {
            Look();
        }
    }

    private void Vanished(ObjectPath path)
    {
        if (_device is null || path != _device.ObjectPath || _ended) return;

        // Somebody removed it on purpose: it is not made again until somebody makes it.
        _attempt++;
        Cancel(ref _retry);
        Drop();
        _device.Dispose();
        _device = null;
        Tell(DeviceState.Gone, $"The device '{_label}' was removed; make it again: camfx device add '{_label}'.");
    }

    private void Fail(CamfxException failure)
    {
        if (DeviceService.IsAbsent(failure))
        {
            Cancel(ref _retry);
            Drop();
            _isAwaited = true;
            Tell(DeviceState.Absent, failure.Message, failure);
            return;
        }

        Tell(DeviceState.Refused, failure.Message, failure);
        RetryLater();
    }

    private void RetryLater()
    {
        Cancel(ref _retry);
        _retry = _loop.After(_pause, Look);
        _pause = _pause * 2 < s_longestPause ? _pause * 2 : s_longestPause;
    }

    private void Drop()
    {
        Cancel(ref _hangUp);
        Cancel(ref _giveUp);
        _watchers.End();
        _feed?.Dispose();
        _feed = null;
    }

    private void Tell(DeviceState state, string? problem, CamfxException? failure = null)
    {
        _state = state;
        _problem = problem;
        Tell(failure);
    }

    private void Tell(CamfxException? failure = null) => _tell(new DeviceStatus(
        _state, _problem, _device is { Path.Length: > 0 } device ? device.Path : "", _device?.Memory ?? "", _watchers.Now, failure));

    private static void Cancel(ref IDisposable? pending)
    {
        pending?.Dispose();
        pending = null;
    }
}
