using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Pipeline;
using Camfx.Service.State;
using Camfx.Sinks;
using Camfx.Sinks.Queue;

namespace Camfx.Service.Objects;

/// <summary>The object of one camera, and those of its outputs and effects.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed partial class CameraObject : Camera1Server, IDisposable
{
    private readonly ServiceBus _bus;
    private readonly CameraTable _table;
    private readonly LoopSignal _changed;
    private readonly Dictionary<string, EffectObject> _effects = new(StringComparer.Ordinal);
    private readonly List<(int Number, OutputObject Shown)> _outputs = [];
    private readonly Dictionary<PassedQueue, IDisposable> _watched = [];
    private readonly ObjectPath _path;
    private int _lastOutput;

    public CameraObject(ServiceBus bus, CameraSession session, CameraTable table)
    {
        _bus = bus;
        _table = table;
        Session = session;
        _path = ServicePaths.Camera(session.Id);
        _changed = new LoopSignal(bus.Post, Show);
        session.Changed += _changed.Ring;
        ShowOwn();
        bus.Objects.Add(_path, this);
        Show();
    }

    public CameraSession Session { get; }

    public override IReadOnlyDictionary<string, Variant> Statistics => CameraNumbers.Of(Session.Camera);

    /// <summary>Changes the camera and answers the call when that is done and saved.</summary>
    public void Change(MethodCall call, Func<CameraRecord, CameraRecord> change) => Session.Change(change, failure => _bus.Post(() =>
    {
        // What has changed is told before the answer.
        Show();
        ServiceBus.Answer(call, failure);
    }));

    public void Dispose()
    {
        Session.Changed -= _changed.Ring;
        foreach (IDisposable watch in _watched.Values) watch.Dispose();
        foreach (string effect in _effects.Keys) _bus.Objects.Remove(ServicePaths.Effect(Session.Id, effect));
        foreach ((int number, _) in _outputs) _bus.Objects.Remove(ServicePaths.Output(Session.Id, number));
        _bus.Objects.Remove(_path);
        _effects.Clear();
        _outputs.Clear();
    }

    private void Show()
    {
        if (!IsExported) return;
        ShowEffects([.. Session.Record.Effects]);
        ShowOutputs([.. Session.Outputs]);
        WatchQueues();
        string before = State;
        ShowOwn();
        if (State != before) ServiceLog.Notice($"{Name}: {State}{(StateReason.Length > 0 ? $": {StateReason}" : "")}", Session.Id, State);
        _bus.Shown();
    }

    private void ShowOwn()
    {
        CameraRecord record = Session.Record;
        Camera? camera = Session.Camera;
        CameraMode mode = camera?.Options.Mode ?? record.Mode;
        Name = record.Name;
        Source = record.Source;
        Width = (uint)mode.Width;
        Height = (uint)mode.Height;
        FrameRate = mode.FrameRate.PerSecond;
        Idle = record.Idle.Word();
        Enabled = record.Enabled;
        State = camera?.State.ToString().ToLowerInvariant() ?? "failed";
        StateReason = (camera is null ? Session.Failure : camera.StateReason) ?? "";
        Consumers = [.. Session.Consumers.Select(static consumer => (consumer.Output, consumer.Application, (uint)consumer.ProcessId))];
    }

    private void ShowEffects(EffectSetting[] chain)
    {
        foreach (string gone in _effects.Keys.Except(chain.Select(static effect => effect.Id)).ToArray())
        {
            _effects.Remove(gone);
            _bus.Objects.Remove(ServicePaths.Effect(Session.Id, gone));
        }

        foreach (EffectSetting setting in chain)
        {
            if (_effects.TryGetValue(setting.Id, out EffectObject? shown))
            {
                shown.Show(setting);
                continue;
            }

            _effects[setting.Id] = new EffectObject(this, setting);
            _bus.Objects.Add(ServicePaths.Effect(Session.Id, setting.Id), _effects[setting.Id]);
        }

        Effects = [.. chain.Select(setting => ServicePaths.Effect(Session.Id, setting.Id))];
    }

    /// <summary>An output that was made anew is the same object still.</summary>
    private void ShowOutputs(IOutput[] outputs)
    {
        List<(int Number, OutputObject Shown)> before = [.. _outputs];
        _outputs.Clear();
        foreach (IOutput output in outputs)
        {
            int same = before.FindIndex(other => other.Shown.Kind == output.Kind);
            if (same >= 0)
            {
                before[same].Shown.Show(output);
                _outputs.Add(before[same]);
                before.RemoveAt(same);
                continue;
            }

            OutputObject added = new(this, output);
            _bus.Objects.Add(ServicePaths.Output(Session.Id, ++_lastOutput), added);
            _outputs.Add((_lastOutput, added));
        }

        foreach ((int number, _) in before) _bus.Objects.Remove(ServicePaths.Output(Session.Id, number));
        Outputs = [.. _outputs.Select(shown => ServicePaths.Output(Session.Id, shown.Number))];
    }
}
