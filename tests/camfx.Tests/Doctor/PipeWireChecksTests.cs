using Camfx.Doctor;
using Camfx.Doctor.Checks;
using Camfx.Doctor.Machine;
using Camfx.PipeWire;

namespace Camfx.Tests.Doctor;

public sealed class PipeWireChecksTests
{
    private static readonly OfferedFormat s_good = new(true, false, 2, true, 1280, 720, true, 30, false);
    private static readonly string[] s_camera = ["node.name=camfx", "media.class=Video/Source", "media.role=Camera", "node.description=camfx"];

    private readonly PlayedMachine _machine = new();

    [Fact]
    public void PipeWireIsMissingOrSilentOrAnswers()
    {
        Found.One(Severity.Problem, "is not installed", _machine.Look(new PipeWireCheck()), "apt install pipewire wireplumber");
        Found.One(Severity.Problem, "does not answer", _machine.With("/usr/bin/pipewire").Look(new PipeWireCheck()), "enable --now pipewire.socket");
        PlayedMachine bare = new() { PipeWire = new PipeWireAnswer(null, "no library", IsInstalled: false) };
        Found.One(Severity.Problem, "libpipewire", bare.Look(new PipeWireCheck()), "libpipewire-0.3-0");
        Found.One(Severity.Ok, "1.4.2 answers", _machine.WithClients("x").Look(new PipeWireCheck()));
    }

    [Fact]
    public void ASessionManagerMustRun()
    {
        Assert.Empty(_machine.Look(new SessionManagerCheck()));
        Found.One(Severity.Problem, "No session manager", _machine.WithClients("camfx").Look(new SessionManagerCheck()), "apt install wireplumber");
        Found.One(Severity.Problem, "No session manager", _machine.With("/usr/bin/wireplumber").Look(new SessionManagerCheck()), "enable --now wireplumber");
        Found.One(Severity.Warning, "pipewire-media-session", _machine.WithClients("pipewire-media-session").Look(new SessionManagerCheck()));
        Found.One(Severity.Ok, "WirePlumber runs", _machine.WithClients("WirePlumber [export]").Look(new SessionManagerCheck()));
    }

    [Theory]
    [InlineData("media.class=Video/Source/Virtual", "media.class is 'Video/Source/Virtual'")]
    [InlineData("media.role=Music", "media.role is 'Music'")]
    [InlineData("media.role", "no media.role=Camera")]
    [InlineData("node.description", "no node.description")]
    public void APropertyThatBrowsersMissIsNamed(string change, string words)
    {
        string key = change.Split('=')[0];
        string[] properties = [.. s_camera.Where(property => !property.StartsWith(key + "=", StringComparison.Ordinal)),
            .. change.Contains('=', StringComparison.Ordinal) ? new[] { change } : []];
        Found.One(Severity.Problem, words, _machine.WithNode([s_good], properties).Look(new WebRtcNodeCheck()));
    }

    [Fact]
    public void AFormatThatBrowsersMissIsNamed()
    {
        Formats("no format of video");
        Formats("choices of several", s_good with { IsOneFormat = false });
        Formats("no format that browsers read", s_good with { SpaFormat = 25 });
        Formats("no format that browsers read", s_good with { IsRaw = false });
        Formats("only a range", s_good with { IsOneSize = false });
        Formats("only a range", s_good with { Width = 0 });
    }

    [Fact]
    public void ACameraThatBrowsersListIsSaidToBe()
    {
        Found.One(Severity.Ok, "'camfx'", _machine.WithNode([s_good with { SpaFormat = 25 }, s_good], s_camera).Look(new WebRtcNodeCheck()));
        Found.One(Severity.Ok, "'camfx'",
            new PlayedMachine().WithNode([new OfferedFormat(false, true, 0, false, 640, 480, true, 30, true)], s_camera).Look(new WebRtcNodeCheck()));
        Found.One(Severity.Ok, "'desk'", new PlayedMachine().WithNode([s_good], [.. s_camera[1..], "node.name=desk", "camfx.camera=desk"]).Look(new WebRtcNodeCheck()));
    }

    [Fact]
    public void OtherPeoplesNodesAreTheirs()
    {
        Assert.Empty(_machine.Look(new WebRtcNodeCheck()));
        _machine.WithNode([], "node.name=obs", "media.class=Video/Source").WithNode([], [.. s_camera, "api.v4l2.path=/dev/video63"]);
        Assert.Empty(_machine.Look(new WebRtcNodeCheck()));
    }

    [Fact]
    public void ADeviceBesideItsCameraIsListedTwice()
    {
        Assert.Empty(_machine.Look(new ListedTwiceCheck()));
        string[] device = ["media.class=Video/Source", "api.v4l2.cap.driver=v4l2 loopback", "api.v4l2.path=/dev/video63"];
        Found.One(Severity.Ok, "no device", _machine.WithNode([s_good], [.. device, "api.v4l2.cap.card=OBS Virtual Camera"]).Look(new ListedTwiceCheck()));
        Found.One(Severity.Warning, "no rule", _machine.WithNode([s_good], [.. device, "api.v4l2.cap.card=camfx desk"]).Look(new ListedTwiceCheck()), "--reinstall");
        _machine.With("/usr/share/wireplumber/wireplumber.conf.d/51-camfx.conf");
        Found.One(Severity.Warning, "has not read", _machine.Look(new ListedTwiceCheck()), "restart wireplumber");
    }

    [Fact]
    public void ThePortalNeedsABusAndABackEnd()
    {
        Dictionary<string, string> none = [];
        Portal(Severity.Problem, "no session bus", new PortalAnswer(false, false, false, null, none));
        Portal(Severity.Warning, "no xdg-desktop-portal", new PortalAnswer(true, false, false, null, none));
        Portal(Severity.Warning, "no Camera interface", new PortalAnswer(true, true, false, null, none));
        Portal(Severity.Ok, "has its Camera interface", new PortalAnswer(true, true, true, null, none));
    }

    [Fact]
    public void APortalThatOverlooksTheCameraIsStartedAnew()
    {
        _machine.Portal = _machine.Portal with { SeesCamera = false };
        Found.One(Severity.Ok, "Camera interface", _machine.Look(new PortalCheck()));
        Found.One(Severity.Warning, "looks only when it starts", _machine.WithNode([s_good], s_camera).Look(new PortalCheck()), "restart xdg-desktop-portal");
    }

    [Fact]
    public void AnAppThatWasDeniedTheCameraIsNamed()
    {
        Found.One(Severity.Ok, "No app", _machine.Look(new PortalPermissionCheck()));
        _machine.Portal = _machine.Portal with { Permissions = new Dictionary<string, string> { [""] = "no", ["org.mozilla.firefox"] = "yes" } };
        Found.One(Severity.Problem, "outside of a sandbox", _machine.Look(new PortalPermissionCheck()), "DeletePermission sss devices camera ''");
        _machine.Portal = _machine.Portal with { Permissions = new Dictionary<string, string> { ["us.zoom.Zoom"] = "no" } };
        Found.One(Severity.Problem, "'us.zoom.Zoom'", _machine.Look(new PortalPermissionCheck()), "'us.zoom.Zoom'");
    }

    private static void Formats(string words, params OfferedFormat[] formats) =>
        Found.One(Severity.Problem, words, new PlayedMachine().WithNode(formats, s_camera).Look(new WebRtcNodeCheck()));

    private static void Portal(Severity severity, string words, PortalAnswer answer) =>
        Found.One(severity, words, new PlayedMachine { Portal = answer }.Look(new PortalCheck()));
}
