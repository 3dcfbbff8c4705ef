using System.Collections.Immutable;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Sinks;

namespace Camfx.Service.Objects;

/// <summary>The object of one output.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class OutputObject : Output1Server
{
    private readonly CameraObject _camera;

    public OutputObject(CameraObject camera, IOutput output)
    {
        _camera = camera;
        Kind = output.Kind;
        Show(output);
    }

    public override string Kind { get; }

    /// <summary>Shows what the output does now.</summary>
    public void Show(IOutput output)
    {
        State = output.State;
        Problem = output.Problem ?? "";
        Format = output.Format;
        Target = output.Target;
        Watched = !output.Consumers.IsEmpty;
    }

    protected override void Remove(MethodCall call)
    {
        ImmutableArray<string> kinds = [.. _camera.Session.Outputs.Select(static output => output.Kind)];
        _camera.Change(call, record => record with { Outputs = OutputWords.Without(record.Outputs, kinds, Kind) });
    }

    protected override bool Invoke(string member, IncomingCall call) => ServiceErrors.Named(() => base.Invoke(member, call));

    protected override PropertyAccess Set(string name, Variant value, MethodCall call) => ServiceErrors.Named(() => base.Set(name, value, call));
}
