namespace Camfx.V4L2.Fake;

/// <summary>v4l2loopback, loaded: its devices, and from 0.13 on its control node.</summary>
public sealed class FakeLoopbackModule(LoopbackVersion version)
{
    private readonly SortedDictionary<int, FakeLoopback> _devices = [];

    public LoopbackVersion Version => version;

    /// <summary>Whether its event has the number of Ubuntu's OEM kernels.</summary>
    public bool OldEventId { get; init; }

    /// <summary>What opening the control node ends with; 0: it opens.</summary>
    public int ControlErrno { get; init; }

    /// <summary>The devices, by number.</summary>
    public IReadOnlyDictionary<int, FakeLoopback> Devices => _devices;

    /// <summary>The control node.</summary>
    /// <exception cref="VideoException">This version has none, or it does not open.</exception>
    public IVideoFile OpenControl()
    {
        int error = LoopbackVersions.HasControl(version) ? ControlErrno : Posix.Errno.ENOENT;
        return error == 0 ? new FakeLoopbackControl(this).Open() : throw VideoException.FromErrno(error, "open", LoopbackControl.DefaultPath);
    }

    /// <summary>A device as the module's parameters make it.</summary>
    public FakeLoopback Make(LoopbackConfig config)
    {
        int number = config.Number;
        while (number < 0 && _devices.ContainsKey(-number - 1)) number--;
        number = number < 0 ? -number - 1 : number;
        var device = new FakeLoopback(version, config with { Number = number }, OldEventId);
        _devices.Add(number, device);
        return device;
    }

    internal bool Remove(int number) => _devices.Remove(number);
}
