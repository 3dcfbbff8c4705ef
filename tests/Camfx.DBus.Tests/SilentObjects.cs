using Camfx.DBus.Interfaces;
using Camfx.Posix;

namespace Camfx.DBus.Tests;

#pragma warning disable MA0048 // Two objects that only exist.
/// <summary>The helper's object, without anything behind it.</summary>
internal sealed class SilentHelper : Helper1Server
{
    public override string Version => "0";

    protected override void CreateDevice(MethodCall<ObjectPath> call, string label, IReadOnlyDictionary<string, Variant> options) => call.Reply("/");

    protected override void Diagnose(MethodCall<(string Topic, string Severity, string Message)[]> call) => call.Reply([]);
}

/// <summary>A device's object, without anything behind it.</summary>
internal sealed class SilentDevice : Device1Server
{
    public override string Path => "";

    public override string[] Paths => [];

    public override string Label => "";

    public override string Backend => "none";

    public override string Format => "YUYV";

    public override uint Width => 16;

    public override uint Height => 16;

    public override double FrameRate => 30;

    public override uint Owner => 0;

    public override IReadOnlyDictionary<string, Variant> Statistics => new Dictionary<string, Variant>();

    protected override void Attach(
        MethodCall call, FileDescriptor queue, FileDescriptor control, FileDescriptor[] dmabufs, IReadOnlyDictionary<string, Variant> options) => call.Reply();

    protected override void Detach(MethodCall call) => call.Reply();

    protected override void Remove(MethodCall call) => call.Reply();
}
