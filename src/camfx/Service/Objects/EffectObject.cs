using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Posix;

namespace Camfx.Service.Objects;

/// <summary>The object of one effect.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class EffectObject : Effect1Server
{
    private const long Minute = 60_000_000_000;

    private readonly CameraObject _camera;
    private readonly string _id;
    private string _logged = "";
    private long _loggedAt;

    public EffectObject(CameraObject camera, EffectSetting setting)
    {
        _camera = camera;
        _id = setting.Id;
        Kind = setting.Kind;
        Show(setting);
    }

    public override string Kind { get; }

    public override double Cost => _camera.Session.Camera?.CostMs(_id) ?? 0;

    /// <summary>Shows what the effect is now.</summary>
    public void Show(EffectSetting setting)
    {
        Enabled = setting.Enabled;
        Parameters = ParameterText.Show(setting.Parameters);
        Problem = _camera.Session.ProblemOf(setting) ?? "";
        Log();
    }

    /// <summary>Logs a problem that is a new one. One that comes and goes is in the log once a minute at most.</summary>
    private void Log()
    {
        long now = MonotonicClock.Now;
        if (Problem.Length == 0 || (Problem == _logged && now - _loggedAt < Minute)) return;
        (_logged, _loggedAt) = (Problem, now);
        ServiceLog.Warning($"{_camera.Name}: {Problem}", _camera.Session.Id);
    }

    protected override void Move(MethodCall call, int position) => _camera.Change(call, record => EffectEdits.Move(record, _id, position));

    protected override void Remove(MethodCall call) => _camera.Change(call, record => EffectEdits.Remove(record, _id));

    protected override void SetEnabled(MethodCall call, bool value) =>
        _camera.Change(call, record => EffectEdits.Replace(record, _id, effect => effect with { Enabled = value }));

    protected override void SetParameters(MethodCall call, IReadOnlyDictionary<string, Variant> value)
    {
        var parameters = ParameterText.Read(value);
        _camera.Change(call, record => EffectEdits.Replace(record, _id, effect => effect with { Parameters = parameters }));
    }

    protected override bool Invoke(string member, IncomingCall call) => ServiceErrors.Named(() => base.Invoke(member, call));

    protected override PropertyAccess Set(string name, Variant value, MethodCall call) => ServiceErrors.Named(() => base.Set(name, value, call));
}
