using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.DBus.Tests;
using Camfx.Devices;
using Camfx.Doctor.Machine;

namespace Camfx.Tests.Doctor;

/// <summary>The questions to the buses, asked on a bus of the test's own.</summary>
public sealed class BusAnswersTests : IDisposable
{
    private readonly PrivateBus _bus = new();
    private readonly LoopThread _services;
    private readonly BusAnswers _answers;

    public BusAnswersTests()
    {
        _services = new LoopThread(_bus.Connect());
        _answers = new BusAnswers(_bus.Connect, _bus.Connect);
    }

    public void Dispose()
    {
        _services.Dispose();
        _bus.Dispose();
    }

    [Fact]
    public void WhatIsNotThereIsSaidToBeMissing()
    {
        Assert.Equal(HelperState.Absent, _answers.Helper.State);
        Assert.Equal(PolkitAnswer.Absent, _answers.Polkit);
        Assert.Equal((true, false), (_answers.Portal.HasBus, _answers.Portal.IsInstalled));
        Assert.False(_answers.IsSessionRunning);
    }

    [Fact]
    public void WithoutABusNothingIsKnown()
    {
        BusAnswers answers = new(None, None);
        Assert.Equal(HelperState.NoBus, answers.Helper.State);
        Assert.Equal(PolkitAnswer.Unknown, answers.Polkit);
        Assert.False(answers.Portal.HasBus);
        Assert.Null(answers.IsSessionRunning);

        static Bus None() => Bus.Open("unix:path=/nonexistent/bus");
    }

    [Fact]
    public void TheHelpersFindingsArrive()
    {
        Serve(DeviceService.BusName, DeviceService.Root, new Helper(("module", "ok", "There.")));
        Assert.Equal(HelperState.Answers, _answers.Helper.State);
        Assert.Equal([("module", "ok", "There.")], _answers.Helper.Findings);
    }

    [Fact]
    public void AHelperThatDoesNotStartIsSilent()
    {
        _bus.AddService(DeviceService.BusName, "/bin/false");
        Assert.Equal(HelperState.Silent, _answers.Helper.State);
        Assert.NotEmpty(_answers.Helper.Error!);
    }

    [Theory]
    [InlineData(true, false, PolkitAnswer.Yes)]
    [InlineData(false, true, PolkitAnswer.Password)]
    [InlineData(false, false, PolkitAnswer.No)]
    public void PolkitIsUnderstood(bool isAuthorized, bool isChallenge, object answer)
    {
        Serve("org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority", new Played("org.freedesktop.PolicyKit1.Authority", call =>
            new MethodCall<(bool, bool, IReadOnlyDictionary<string, string>)>(call,
                BusType.Struct(BusType.Boolean, BusType.Boolean, BusType.Dictionary(BusType.String, BusType.String)).Write)
                .Reply((isAuthorized, isChallenge, new Dictionary<string, string>()))));
        Assert.Equal((PolkitAnswer)answer, _answers.Polkit);
    }

    [Theory]
    [InlineData("Action org.camfx.helper.create-device is not registered", PolkitAnswer.UnknownAction)]
    [InlineData("out of memory", PolkitAnswer.Unknown)]
    public void PolkitsErrorsAreUnderstood(string error, object answer)
    {
        Serve("org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority", new Played(
            "org.freedesktop.PolicyKit1.Authority", _ => throw new BusException("org.freedesktop.PolicyKit1.Error.Failed", error)));
        Assert.Equal((PolkitAnswer)answer, _answers.Polkit);
    }

    [Fact]
    public void ThePortalTellsItsInterfaceAndWhatItRemembers()
    {
        Serve("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
            new Played("org.freedesktop.portal.Camera", static _ => { }, ("version", 1u), ("IsCameraPresent", true)));
        BusType<IReadOnlyDictionary<string, string[]>> permissions = BusType.Dictionary(BusType.String, BusType.Array(BusType.String));
        Serve("org.freedesktop.impl.portal.PermissionStore", "/org/freedesktop/impl/portal/PermissionStore",
            new Played("org.freedesktop.impl.portal.PermissionStore", call =>
            new MethodCall<IReadOnlyDictionary<string, string[]>>(call, permissions.Write).Reply(new Dictionary<string, string[]> { [""] = ["no"], ["x"] = [] })));
        PortalAnswer portal = _answers.Portal;
        Assert.Equal((true, true, true, true), (portal.HasBus, portal.IsInstalled, portal.HasCamera, portal.SeesCamera!.Value));
        Assert.Equal(new Dictionary<string, string> { [""] = "no" }, portal.Permissions);
    }

    [Fact]
    public void APortalWithoutABackEndHasNoCameraInterface()
    {
        Serve("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", new Played("org.freedesktop.portal.Settings", static _ => { }));
        Assert.Equal((true, false), (_answers.Portal.IsInstalled, _answers.Portal.HasCamera));
        Assert.Empty(_answers.Portal.Permissions);
    }

    [Fact]
    public void ARunningSessionIsSeen()
    {
        _services.Do(() => _services.Bus.RequestName("org.camfx.Camfx1"));
        Assert.True(_answers.IsSessionRunning);
    }

    private void Serve(string name, string path, BusInterface served) => _services.Do(() =>
    {
        _services.Bus.Objects.Add(path, served);
        _services.Bus.RequestName(name);
    });

    private sealed class Helper(params (string, string, string)[] findings) : Helper1Server
    {
        public override string Version => "0";

        protected override void CreateDevice(MethodCall<ObjectPath> call, string label, IReadOnlyDictionary<string, Variant> options) => call.Reply("/");

        protected override void Diagnose(MethodCall<(string Topic, string Severity, string Message)[]> call) => call.Reply(findings);
    }

    /// <summary>An interface whose methods all do the same.</summary>
    private sealed class Played(string name, Action<IncomingCall> answer, params (string Name, Variant Value)[] properties) : BusInterface(name, "")
    {
        protected override IReadOnlyList<string> PropertyNames => [.. properties.Select(static property => property.Name)];

        protected override bool Invoke(string member, IncomingCall call)
        {
            answer(call);
            return true;
        }

        protected override Variant? Get(string name) => properties.FirstOrDefault(property => property.Name == name).Value;

        protected override PropertyAccess Set(string name, Variant value, MethodCall call) => PropertyAccess.Unknown;
    }
}
