using Camfx.Doctor;
using Camfx.Doctor.Checks;

namespace Camfx.Tests.Doctor;

public sealed class ModuleChecksTests
{
    private const string Loaded = "/sys/module/v4l2loopback/version";
    private const string SecureBoot = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    private const string Lockdown = "/sys/kernel/security/lockdown";
    private const string Enforced = "none [integrity] confidentiality";

    private readonly PlayedMachine _machine = new();

    [Fact]
    public void AMissingModuleIsAProblemOnlyWhereTheHelperIs()
    {
        Found.One(Severity.Warning, "has no module v4l2loopback", _machine.Look(new ModuleCheck()),
            $"apt install linux-headers-{PlayedMachine.Kernel} v4l2loopback-dkms");
        Found.One(Severity.Problem, "has no module v4l2loopback", _machine.WithHelper().Look(new ModuleCheck()));
    }

    [Fact]
    public void AModuleForAnotherKernelIsSaidToBe()
    {
        Install("6.1.0-old");
        Found.One(Severity.Warning, $"built for kernel 6.1.0-old and not for {PlayedMachine.Kernel}", _machine.Look(new ModuleCheck()), "linux-headers-");
        _machine.With($"/lib/modules/{PlayedMachine.Kernel}/build/Makefile");
        Found.One(Severity.Warning, "built for kernel", _machine.Look(new ModuleCheck()), "sudo dkms autoinstall");
    }

    [Fact]
    public void AModuleThatDkmsHasNotBuiltIsSaidToBe() =>
        Found.One(Severity.Warning, "has not built it", _machine.With("/var/lib/dkms/v4l2loopback/0.15.3/source/dkms.conf").Look(new ModuleCheck()), "dkms autoinstall");

    [Fact]
    public void AContainerIsToldToAskItsHost() => Found.One(Severity.Warning, "container", _machine.With("/run/.containerenv").Look(new ModuleCheck()));

    [Fact]
    public void AModuleThatIsThereIsFine()
    {
        Install(PlayedMachine.Kernel);
        Found.One(Severity.Ok, "is installed", _machine.Look(new ModuleCheck()));
        Found.One(Severity.Ok, "0.15.3 is loaded", _machine.With(Loaded, "0.15.3\n").Look(new ModuleCheck()));
        Found.One(Severity.Ok, "akvcam", new PlayedMachine().With("/sys/module/akvcam/version").Look(new ModuleCheck()));
    }

    [Theory]
    [InlineData("0.15.2", "6.18.0-1", Severity.Problem, "crashes kernel")]
    [InlineData("0.15.3", "6.18.0-1", Severity.Ok, "one app")]
    [InlineData("0.15.2", "6.12.0-1", Severity.Ok, "one app")]
    [InlineData("0.12.7", "6.1.0-1", Severity.Warning, "/etc/camfx/devices.conf")]
    [InlineData("0.13.2", "6.1.0-1", Severity.Ok, "at any time")]
    public void AVersionIsJudgedWithItsKernel(string version, string kernel, object severity, string words) =>
        Found.One((Severity)severity, words, _machine.With(Loaded, version).With("/proc/sys/kernel/osrelease", kernel).Look(new ModuleVersionCheck()));

    [Fact]
    public void AVersionThatIsNotLoadedIsJudgedToo()
    {
        Install(PlayedMachine.Kernel);
        Assert.Empty(_machine.Look(new ModuleVersionCheck()));
        Found.One(Severity.Warning, "0.12.7", _machine.WithProgram("modinfo -F version v4l2loopback", "0.12.7\n").Look(new ModuleVersionCheck()));
    }

    [Fact]
    public void WithoutSecureBootNothingIsDemanded()
    {
        Found.One(Severity.Ok, "is off", _machine.Look(new ModuleSignatureCheck()));
        _machine.With(SecureBoot, "\x06\0\0\0\x01").With(Lockdown, "[none] integrity confidentiality");
        Found.One(Severity.Ok, "without a signature", _machine.Look(new ModuleSignatureCheck()));
    }

    [Fact]
    public void AnUnsignedModuleUnderSecureBootIsAProblem()
    {
        Install(PlayedMachine.Kernel);
        _machine.WithProgram("modinfo -F signer v4l2loopback", "\n").With(Lockdown, Enforced);
        Found.One(Severity.Problem, "Key was rejected", _machine.Look(new ModuleSignatureCheck()), "mokutil --import");
        PlayedMachine hidden = new PlayedMachine().With($"/lib/modules/{PlayedMachine.Kernel}/modules.dep", "updates/v4l2loopback.ko.xz:").With(SecureBoot,
            "\x06\0\0\0\x01");
        Found.One(Severity.Problem, "no signature", hidden.Look(new ModuleSignatureCheck()));
    }

    [Fact]
    public void AKeyThatIsNotEnrolledIsAProblem()
    {
        Install(PlayedMachine.Kernel);
        _machine.WithProgram("modinfo -F signer v4l2loopback", "DKMS module signing key\n").With("/sys/module/module/parameters/sig_enforce", "Y\n");
        _machine.With("/var/lib/dkms/mok.pub", "x").WithProgram("mokutil --test-key /var/lib/dkms/mok.pub", "/var/lib/dkms/mok.pub is not enrolled\n");
        Found.One(Severity.Problem, "not enrolled", _machine.Look(new ModuleSignatureCheck()), "mokutil --import /var/lib/dkms/mok.pub");
        _machine.WithProgram("mokutil --test-key /var/lib/dkms/mok.pub", "/var/lib/dkms/mok.pub is already enrolled\n");
        Found.One(Severity.Ok, "is signed by 'DKMS", _machine.Look(new ModuleSignatureCheck()));
    }

    [Fact]
    public void AModuleThatIsLoadedIsSignedWellEnough() =>
        Found.One(Severity.Ok, "has taken", _machine.With(Loaded, "0.15.3").With(Lockdown, Enforced).Look(new ModuleSignatureCheck()));

    [Fact]
    public void AnInstallLineThatForbidsTheModuleIsNamed()
    {
        Found.One(Severity.Ok, "Nothing forbids", _machine.Look(new ModuleForbiddenCheck()));
        _machine.With("/etc/modprobe.d/no.conf", "# install v4l2loopback /bin/true\ninstall  v4l2loopback /bin/false\n");
        Found.One(Severity.Problem, "/etc/modprobe.d/no.conf has modprobe run '/bin/false'", _machine.Look(new ModuleForbiddenCheck()),
            "sudoedit /etc/modprobe.d/no.conf");
        Assert.Empty(_machine.With(Loaded, "0.15.3").Look(new ModuleForbiddenCheck()));
    }

    [Fact]
    public void TheKernelsOwnBansAreFound()
    {
        Found.One(Severity.Problem, "module_blacklist",
            new PlayedMachine().With("/proc/cmdline", "quiet module_blacklist=nouveau,v4l2loopback\n").Look(new ModuleForbiddenCheck()));
        Found.One(Severity.Ok, "Nothing", new PlayedMachine().With("/proc/cmdline", "quiet module_blacklist=nouveau\n").Look(new ModuleForbiddenCheck()));
        Found.One(Severity.Problem, "switched off", new PlayedMachine().With("/proc/sys/kernel/modules_disabled", "1\n").Look(new ModuleForbiddenCheck()));
        Found.One(Severity.Ok, "Nothing", new PlayedMachine().With("/proc/sys/kernel/modules_disabled", "0\n").Look(new ModuleForbiddenCheck()));
    }

    [Fact]
    public void OptionsInTwoFilesConflict()
    {
        Found.One(Severity.Ok, "No file", _machine.Look(new ModprobeOptionsCheck()));
        _machine.With("/etc/modprobe.d/obs.conf", "options v4l2loopback devices=1 card_label=\"OBS\"\n");
        Found.One(Severity.Ok, "beside those", _machine.Look(new ModprobeOptionsCheck()));
        _machine.With("/usr/lib/modprobe.d/v4l2-relayd.conf", "options v4l2loopback exclusive_caps=1 video_nr=0\n");
        Found.One(Severity.Warning, "/etc/modprobe.d/obs.conf and /usr/lib/modprobe.d/v4l2-relayd.conf", _machine.Look(new ModprobeOptionsCheck()));
    }

    [Fact]
    public void AFileHidesItsNamesakeInALaterFolder()
    {
        _machine.With("/etc/modprobe.d/v4l2.conf", "# nothing\n").With("/usr/lib/modprobe.d/v4l2.conf", "options v4l2loopback devices=1\n");
        Found.One(Severity.Ok, "No file", _machine.Look(new ModprobeOptionsCheck()));
    }

    [Fact]
    public void OptionsWithoutACameraOfOursStarveAnOldModule()
    {
        _machine.With(Loaded, "0.12.7").With("/etc/modprobe.d/obs.conf", "options v4l2loopback devices=1 card_label=OBS\n");
        Found.One(Severity.Problem, "gets no device", _machine.Look(new ModprobeOptionsCheck()), "sudoedit /etc/modprobe.d/obs.conf");
        _machine.With("/etc/modprobe.d/obs.conf", "options v4l2loopback devices=2 card_label=OBS,camfx\n");
        Found.One(Severity.Ok, "beside those", _machine.Look(new ModprobeOptionsCheck()));
    }

    [Fact]
    public void AnotherRelayIsNamed()
    {
        Found.One(Severity.Ok, "No other program", _machine.WithProcess(12, "/usr/bin/cat").Look(new RelayCheck()));
        Found.One(Severity.Warning, "'v4l2-relayd' (process 33)", _machine.WithProcess(33, "/usr/bin/v4l2-relayd", "-i", "x").Look(new RelayCheck()),
            "disable --now v4l2-relayd");
    }

    private void Install(string kernel) =>
        _machine.With($"/lib/modules/{kernel}/modules.dep",
        "kernel/drivers/media/v4l2-core/videodev.ko.xz:\nupdates/dkms/v4l2loopback.ko.xz: kernel/drivers/media/v4l2-core/videodev.ko.xz\n");
}
