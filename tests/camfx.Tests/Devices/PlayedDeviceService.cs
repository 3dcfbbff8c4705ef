using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.DBus.Tests;
using Camfx.Devices;

namespace Camfx.Tests.Devices;

/// <summary>camfx-helper as the output device sees it, played by the test: it makes <see cref="PlayedDevice"/>s and says no where it is told to.</summary>
internal sealed class PlayedDeviceService : IDisposable
{
    private readonly LoopThread _thread;
    private int _last;

    /// <param name="bus">Where it takes its name.</param>
    /// <param name="devices">Devices that are there before anybody can ask, as those are that it took over.</param>
    public PlayedDeviceService(PrivateBus bus, params PlayedDevice[] devices)
    {
        _thread = new LoopThread(bus.Connect());
        _thread.Do(() =>
        {
            _thread.Bus.Objects.AddManager(DeviceService.Root);
            _thread.Bus.Objects.Add(DeviceService.Root, new Interface(this));
            foreach (PlayedDevice device in devices) AddNow(device);
            _thread.Bus.RequestName(DeviceService.BusName);
        });
    }

    /// <summary>What CreateDevice answers; null: it makes one.</summary>
    public BusException? Refusal { get; set; }

    /// <summary>How long the making of a device takes; null: no time.</summary>
    public TimeSpan? Takes { get; set; }

    /// <summary>Called when it refused.</summary>
    public Action? Refused { get; set; }

    /// <summary>The options of the last CreateDevice.</summary>
    public IReadOnlyDictionary<string, Variant>? Wishes { get; private set; }

    /// <summary>The device that was made last.</summary>
    public PlayedDevice? Made { get; private set; }

    public T Do<T>(Func<T> work) => _thread.Do(work);

    public void Do(Action work) => _thread.Do(work);

    public PlayedDevice Add(PlayedDevice device)
    {
        Do(() => AddNow(device));
        return device;
    }

    public void Remove(PlayedDevice device) => Do(() => _thread.Bus.Objects.Remove(device.ObjectPath));

    public void Dispose() => _thread.Dispose();

    private ObjectPath AddNow(PlayedDevice device)
    {
        ObjectPath path = $"{DeviceService.Root}/devices/{++_last}";
        device.Removed = () => _thread.Bus.Objects.Remove(path);
        _thread.Bus.Objects.Add(path, device);
        Made = device;
        return path;
    }

    private sealed class Interface(PlayedDeviceService helper) : Helper1Server
    {
        public override string Version => "0";

        protected override void CreateDevice(MethodCall<ObjectPath> call, string label, IReadOnlyDictionary<string, Variant> options)
        {
            helper.Wishes = options;
            if (helper.Refusal is not null)
            {
                helper.Refused?.Invoke();
                throw helper.Refusal;
            }

            void Answer() => call.Reply(helper.AddNow(
                new PlayedDevice(label, options["width"].Get(BusType.UInt32), options["height"].Get(BusType.UInt32)) { Rate = options["fps"].Get(BusType.Double) }));
            if (helper.Takes is { } takes) helper._thread.Loop.After(takes, Answer);
            else Answer();
        }

        protected override void Diagnose(MethodCall<(string Topic, string Severity, string Message)[]> call) => call.Reply([]);
    }
}
