using Camfx.Doctor;
using Camfx.Doctor.Checks;
using Camfx.Doctor.Machine;

namespace Camfx.Tests.Doctor;

public sealed class SessionChecksTests
{
    private readonly PlayedMachine _machine = new();

    [Fact]
    public void ASessionHasItsFolder()
    {
        Found.One(Severity.Problem, "is not set", _machine.Look(new SessionCheck()), "export XDG_RUNTIME_DIR");
        Found.One(Severity.Problem, "is not there", _machine.WithVariable("XDG_RUNTIME_DIR", "/run/user/1000").Look(new SessionCheck()), "enable-linger");
        Found.One(Severity.Ok, "/run/user/1000", _machine.With("/run/user/1000/bus").Look(new SessionCheck()));
    }

    [Fact]
    public void TheViewOfASandboxOrOfRootIsSaidToBeOne()
    {
        Found.One(Severity.Warning, "sandbox", new PlayedMachine().With("/.flatpak-info").Look(new SessionCheck()));
        Found.One(Severity.Warning, "sandbox", new PlayedMachine().WithVariable("SNAP", "/snap/x").Look(new SessionCheck()));
        Found.One(Severity.Warning, "'ann'", new PlayedMachine { UserId = 0 }.WithVariable("SUDO_USER", "ann").Look(new SessionCheck()));
    }

    [Fact]
    public void WhetherCamfxRunsIsSaid()
    {
        Found.One(Severity.Warning, "does not run", _machine.Look(new RunningCheck()), "camfx run");
        Found.One(Severity.Warning, "does not run", _machine.With("/usr/lib/systemd/user/camfx.service").Look(new RunningCheck()), "systemctl --user start camfx");
        Found.One(Severity.Ok, "without its service", new PlayedMachine().WithProcess(5, "/usr/bin/camfx", "run").Look(new RunningCheck()));
        Found.One(Severity.Ok, "camfx runs.", new PlayedMachine { IsSessionRunning = true }.Look(new RunningCheck()));
    }

    [Fact]
    public void TheHelperIsMissingOrSilentOrAnswers()
    {
        Found.One(Severity.Warning, "not installed", _machine.Look(new HelperCheck()), "apt install camfx-helper");
        Found.One(Severity.Warning, "system bus", With(HelperState.NoBus, "no such file").Look(new HelperCheck()));
        Found.One(Severity.Problem, "it was killed", With(HelperState.Silent, "it was killed").Look(new HelperCheck()), "restart camfx-helper.service");
        Found.One(Severity.Problem, "is masked", With(HelperState.Silent, "Unit camfx-helper.service is masked.").Look(new HelperCheck()), "unmask camfx-helper.service");
        Found.One(Severity.Ok, "answers", _machine.WithHelper().Look(new HelperCheck()));
    }

    [Fact]
    public void WhatTheHelperFindsIsTakenOver()
    {
        _machine.WithHelper(("control", "problem", "It may not."), ("backend none", "ok", "There."), ("new", "odd", "What."));
        Assert.Equal(
            [("camfx-helper", Severity.Ok), ("helper: control", Severity.Problem), ("helper: backend none", Severity.Ok), ("helper: new", Severity.Warning)],
            _machine.Look(new HelperCheck()).Select(static finding => (finding.Topic, finding.Severity)));
    }

    [Theory]
    [InlineData(PolkitAnswer.Yes, 1000, Severity.Ok, "may make devices.")]
    [InlineData(PolkitAnswer.Password, 1000, Severity.Warning, "password")]
    [InlineData(PolkitAnswer.No, 1000, Severity.Problem, "may not make devices")]
    [InlineData(PolkitAnswer.Absent, 1000, Severity.Problem, "no polkit")]
    [InlineData(PolkitAnswer.Absent, 0, Severity.Ok, "root")]
    [InlineData(PolkitAnswer.UnknownAction, 1000, Severity.Problem, "file is missing")]
    public void WhatPolkitSaysIsSaid(object answer, uint user, object severity, string words)
    {
        _machine.Polkit = (PolkitAnswer)answer;
        _machine.UserId = user;
        Assert.Empty(_machine.Look(new PolkitCheck()));
        Found.One((Severity)severity, words, _machine.WithHelper().Look(new PolkitCheck()));
    }

    [Fact]
    public void APolkitThatSaysNothingIsNoFinding()
    {
        _machine.Polkit = PolkitAnswer.Unknown;
        Assert.Empty(_machine.WithHelper().Look(new PolkitCheck()));
    }

    private static PlayedMachine With(HelperState state, string error) => new() { Helper = new HelperAnswer(state, error, []) };
}
