using Camfx.Doctor;
using Camfx.Doctor.Checks;
using Camfx.V4L2.Fake;

namespace Camfx.Tests.Doctor;

public sealed class BrowserChecksTests
{
    private const string Profile = "/u/ann/.mozilla/firefox/abc.default";
    private const string Preference = "user_pref(\"media.webrtc.camera.allow-pipewire\", ";

    private readonly PlayedMachine _machine = new PlayedMachine().WithVariable("HOME", "/u/ann");

    [Fact]
    public void FirefoxIsAskedForItsPreference()
    {
        Assert.Empty(_machine.Look(new FirefoxCheck()));
        _machine.With($"{Profile}/prefs.js", "user_pref(\"a\", 1);\n");
        Found.One(Severity.Warning, "'abc.default'", _machine.Look(new FirefoxCheck()),
            $"user_pref(\"media.webrtc.camera.allow-pipewire\", true);' >>'{Profile}/user.js'");
        Found.One(Severity.Ok, "takes PipeWire", _machine.With($"{Profile}/prefs.js", Preference + "true);\n").Look(new FirefoxCheck()));
        Found.One(Severity.Warning, "is off", _machine.With($"{Profile}/user.js", Preference + "false);\n").Look(new FirefoxCheck()));
    }

    [Fact]
    public void FirefoxMayHaveItFromItsDistribution()
    {
        _machine.With($"{Profile}/prefs.js").With("/usr/lib/firefox-esr/browser/defaults/preferences/distro.js", "pref(\"media.webrtc.camera.allow-pipewire\", true);\n");
        Found.One(Severity.Ok, "takes PipeWire", _machine.Look(new FirefoxCheck()));
    }

    [Fact]
    public void BrowsersThatWereNeverStartedAreAsTheyCome()
    {
        _machine.With("/usr/bin/chromium").With("/usr/bin/firefox-esr");
        Found.One(Severity.Warning, "its flag is off", _machine.Look(new ChromiumCheck()), "chromium --enable-features=WebRtcPipeWireCamera");
        Found.One(Severity.Warning, "as it comes", _machine.Look(new FirefoxCheck()), "firefox-esr about:config");
        _machine.With("/usr/lib/firefox-esr/browser/defaults/preferences/distro.js", "pref(\"media.webrtc.camera.allow-pipewire\", true);\n");
        Found.One(Severity.Ok, "takes PipeWire", _machine.Look(new FirefoxCheck()));
    }

    [Fact]
    public void ChromiumIsAskedForItsFlag()
    {
        Assert.Empty(_machine.Look(new ChromiumCheck()));
        _machine.With("/u/ann/.config/chromium/Local State", "{}");
        Found.One(Severity.Warning, "its flag is off", _machine.Look(new ChromiumCheck()), "chromium --enable-features=WebRtcPipeWireCamera");
        _machine.With("/u/ann/.config/chromium/Local State", "{\"browser\":{\"enabled_labs_experiments\":[\"enable-webrtc-pipewire-camera@1\"]}}");
        Found.One(Severity.Ok, "takes PipeWire", _machine.Look(new ChromiumCheck()));
        _machine.With("/u/ann/.config/chromium/Last Version", "131.0.6778.85");
        Found.One(Severity.Warning, "cannot play them", _machine.Look(new ChromiumCheck()));
    }

    [Fact]
    public void TheFlagMayStandInAFileOrOnTheCommandLine()
    {
        PlayedMachine file = Chromium().With("/etc/chromium.d/camera", "# WebRtcPipeWireCamera\n");
        Found.One(Severity.Warning, "its flag is off", file.Look(new ChromiumCheck()));
        file.With("/etc/chromium.d/camera", "export CHROMIUM_FLAGS=\"$CHROMIUM_FLAGS --enable-features=WebRtcPipeWireCamera\"\n");
        Found.One(Severity.Ok, "takes PipeWire", file.Look(new ChromiumCheck()));
        PlayedMachine process = Chromium().WithProcess(4, "/usr/lib/chromium/chromium", "--enable-features=A,WebRtcPipeWireCamera");
        Found.One(Severity.Ok, "takes PipeWire", process.Look(new ChromiumCheck()));
        PlayedMachine other = Chromium().WithProcess(4, "/usr/bin/other", "--enable-features=WebRtcPipeWireCamera");
        Found.One(Severity.Warning, "its flag is off", other.Look(new ChromiumCheck()));
    }

    [Fact]
    public void TheFlagForScreensIsNotTheFlagForCameras()
    {
        PlayedMachine machine = Chromium().WithProcess(4, "/usr/lib/chromium/chromium", "--enable-features=WebRTCPipeWireCapturer");
        Found.One(Severity.Warning, "is for the screen", machine.Look(new ChromiumCheck()));
    }

    [Fact]
    public void WhereThereIsADeviceNoFlagIsNeeded()
    {
        _machine.With("/u/ann/.config/chromium/Local State", "{}").With($"{Profile}/prefs.js")
            .WithNode(new FakeCamera(63) { Card = "camfx", Driver = "v4l2 loopback", Modes = [] });
        Found.One(Severity.Ok, "as a device", _machine.Look(new ChromiumCheck()));
        Found.One(Severity.Ok, "as a device", _machine.Look(new FirefoxCheck()));
    }

    [Fact]
    public void AFlatpakWithoutDevicesIsNamed()
    {
        Assert.Empty(_machine.Look(new FlatpakCheck()));
        const string metadata = "/var/lib/flatpak/app/us.zoom.Zoom/current/active/metadata";
        Found.One(Severity.Warning, "us.zoom.Zoom", _machine.With(metadata, "[Context]\ndevices=dri;\n").Look(new FlatpakCheck()),
            "flatpak override --user --device=all us.zoom.Zoom");
        _machine.With("/u/ann/.local/share/flatpak/overrides/us.zoom.Zoom", "[Context]\ndevices=all;\n");
        Found.One(Severity.Ok, "may use devices", _machine.Look(new FlatpakCheck()));
        Found.One(Severity.Ok, "may use devices", new PlayedMachine().With(metadata, "[Context]\ndevices=dri;all;\n").Look(new FlatpakCheck()));
    }

    private static PlayedMachine Chromium() => new PlayedMachine().WithVariable("HOME", "/u/ann").With("/u/ann/.config/chromium/Local State", "{}");
}
