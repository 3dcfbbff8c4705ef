using Camfx.DBus;

namespace Camfx.Helper.Modules;

/// <summary>Has systemd load the kernel module: starts camfx-modules.service, the only unit this helper may start, and waits for its end.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class ModuleLoader(BusLoop loop)
{
    /// <summary>The unit.</summary>
    public const string Unit = "camfx-modules.service";

    private const string Systemd = "org.freedesktop.systemd1";
    private const string ManagerPath = "/org/freedesktop/systemd1";
    private const string ManagerInterface = "org.freedesktop.systemd1.Manager";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly List<Action<string?>> _waiting = [];
    private IDisposable? _signal;
    private IDisposable? _limit;
    private string? _job;
    private string? _result;

    /// <summary>Loads it.</summary>
    /// <param name="done">Called once: null when the unit ended well, else why not.</param>
    public void Load(Action<string?> done)
    {
        _waiting.Add(done);
        if (_waiting.Count > 1) return;
        _job = _result = null;
        Bus bus = loop.Bus;

        // The rule is there before the unit starts: its end is not missed, even when it comes before the answer.
        _signal = bus.Subscribe(new BusMatch(Systemd, ManagerPath, ManagerInterface, "JobRemoved"), Hear);
        bus.CallAsync(bus.NewCall(Systemd, ManagerPath, ManagerInterface, "Subscribe"), static _ => { });
        _limit = loop.After(s_patience, () => End($"{Unit} did not end in {s_patience.TotalSeconds:0} s; see 'journalctl -u {Unit}'."));
        BusMessage start = bus.NewCall(Systemd, ManagerPath, ManagerInterface, "StartUnit");
        start.Writer.Write(Unit);
        start.Writer.Write("replace");
        bus.CallAsync(start, Started, s_patience);
    }

    private void Started(BusMessage reply)
    {
        if (reply.Error is { } error)
        {
            End($"systemd does not start {Unit}: {error.Message}");
            return;
        }

        _job = reply.Read().ReadObjectPath().Text;
        Look();
    }

    private readonly Dictionary<string, string> _ended = new(StringComparer.Ordinal);

    private void Hear(BusMessage signal)
    {
        MessageReader reader = signal.Read();
        reader.ReadUInt32();
        string job = reader.ReadObjectPath().Text;
        string unit = reader.ReadString();
        if (unit != Unit) return;
        _ended[job] = reader.ReadString();
        Look();
    }

    private void Look()
    {
        if (_job is null || !_ended.TryGetValue(_job, out _result)) return;
        End(_result == "done" ? null : $"v4l2loopback cannot be loaded: {Unit} ended with '{_result}', and 'journalctl -u {Unit}' says why; is v4l2loopback-dkms installed?");
    }

    private void End(string? failure)
    {
        if (_waiting.Count == 0) return;
        Action<string?>[] waiting = [.. _waiting];
        _waiting.Clear();
        _ended.Clear();
        _signal?.Dispose();
        _limit?.Dispose();
        foreach (Action<string?> done in waiting) done(failure);
    }
}
