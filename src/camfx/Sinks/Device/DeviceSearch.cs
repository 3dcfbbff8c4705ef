using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Devices;
using Camfx.Processes;

namespace Camfx.Sinks.Device;

/// <summary>
/// Finds the device with the camera's label among those the user may use, has it made if there is none, and made anew if the camera has got another
/// size or rate since: those are the camera's, and a device has one for its whole life.
/// </summary>
/// <remarks>Thread-bound to its connection.</remarks>
internal sealed class DeviceSearch(BusLoop loop, string label, CameraMode mode)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Bus _bus = loop.Bus;
    private int _search;
    private bool _makes;
    private Action? _settled;

    /// <summary>Looks once.</summary>
    /// <param name="found">Called with the device, or not at all.</param>
    /// <param name="failed">Called with the reason, or not at all.</param>
    public void Find(Action<Device1Proxy> found, Action<CamfxException> failed)
    {
        _search++;
        ObjectManagerProxy manager = new(_bus, DeviceService.BusName, DeviceService.Root);
        manager.GetManagedObjectsAsync(reply =>
        {
            if (reply.Error is { } error)
            {
                failed(DeviceService.Translate(error, "list the devices"));
                return;
            }

            Device1Proxy? own = null;
            foreach (Device1Proxy device in DeviceList.Read(_bus, reply.Value))
            {
                if (own is null && device.Label == label && (device.Owner == 0 || device.Owner == ProcessOwner.UserId)) own = device;
                else device.Dispose();
            }

            if (own is null) Make(Wishes(new DeviceWishes()), found, failed, again: true);
            else if (IsOfAnotherMode(own)) Replace(own, found, failed);
            else found(own);
        });
    }

    /// <summary>
    /// Calls back once no device is being made any more, at once where none is: whoever looks for it next must not overlook it and have a second one made.
    /// </summary>
    public void Settle(Action done)
    {
        if (!_makes)
        {
            done();
            return;
        }

        _settled = done;
        loop.After(s_patience, EndMaking);
    }

    private void EndMaking()
    {
        _makes = false;
        Action? settled = _settled;
        _settled = null;
        settled?.Invoke();
    }

    // Nodes of other backends have the modes that their drivers have, and the machine's devices are the administrator's.
    private bool IsOfAnotherMode(Device1Proxy device) =>
        device.Backend == "v4l2loopback" && device.Owner == ProcessOwner.UserId
            && (device.Width != (uint)mode.Width || device.Height != (uint)mode.Height || Math.Abs(device.FrameRate - mode.FrameRate.PerSecond) > 0.01);

    private Dictionary<string, Variant> Wishes(DeviceWishes others) => new(others.Options, StringComparer.Ordinal)
    {
        ["width"] = (uint)mode.Width,
        ["height"] = (uint)mode.Height,
        ["fps"] = mode.FrameRate.PerSecond,
    };

    /// <summary>Its number, format and readers stay.</summary>
    private void Replace(Device1Proxy device, Action<Device1Proxy> found, Action<CamfxException> failed)
    {
        Dictionary<string, Variant> wishes = Wishes(DeviceWishes.Of(device));
        _makes = true;
        device.RemoveAsync(refusal =>
        {
            device.Dispose();
            if (refusal is null)
            {
                Make(wishes, found, failed, again: true);
                return;
            }

            failed(DeviceService.Translate(refusal, $"give the device '{label}' the camera's size of {mode.Width}x{mode.Height} and its rate"));
            EndMaking();
        });
    }

    private void Make(IReadOnlyDictionary<string, Variant> wishes, Action<Device1Proxy> found, Action<CamfxException> failed, bool again)
    {
        Helper1Proxy helper = new(_bus, DeviceService.BusName, DeviceService.Root) { CallTimeout = DeviceService.CallTimeout };
        _makes = true;
        helper.CreateDeviceAsync(label, wishes, reply =>
        {
            EndMaking();
            if (reply.Error is { } passing && again && DeviceService.MayRestart(passing)) AwaitRestart(() => Make(wishes, found, failed, again: false));
            else if (reply.Error is { } error) failed(DeviceService.Translate(error, $"make the device '{label}'"));
            else found(new Device1Proxy(_bus, DeviceService.BusName, reply.Value) { CallTimeout = DeviceService.CallTimeout });
        });
    }

    /// <summary>Goes on when another process is the helper, or none is after a while: then the call starts one. Not at all when a new search has begun.</summary>
    private void AwaitRestart(Action next)
    {
        int search = _search;
        bool gone = false;
        bool asked = false;
        string? before = null;
        IDisposable? watch = null;
        void GoOn()
        {
            if (gone) return;
            gone = true;
            watch?.Dispose();
            if (search == _search) next();
        }

        loop.After(DeviceService.RestartTime, GoOn);
        watch = _bus.WatchName(DeviceService.BusName, owner =>
        {
            if (!asked) before = owner;
            else if (owner is not null && owner != before) GoOn();
            asked = true;
        });
        if (gone) watch.Dispose();
    }
}
