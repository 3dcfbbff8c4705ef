using Camfx.Effects.Plugin;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Effects.Plugin;

public sealed class ConfinementTests : IDisposable
{
    private static readonly PluginOptions s_options = new("/usr/bin/layer", ["a b", "c"], 300 << 20, 150, 2, "/nowhere");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task With_a_user_manager_the_program_gets_a_scope_with_its_limits()
    {
        await MakeProgramAsync("systemd-run", "exit 0");
        await MakeProgramAsync("true", "exit 0");
        await MakeProgramAsync("setpriv", "exit 0");
        Confinement confinement = Confinement.Probe(_folder.Path);
        Assert.Equal("cgroup", confinement.Description);
        Assert.Equal(
            [
                _folder.File("systemd-run"), "--user", "--scope", "--quiet", "--collect", "--unit=unit", "-p", "MemoryMax=314572800", "-p", "MemorySwapMax=0",
                "-p", "CPUQuota=150%", "-p", "TasksMax=256", "--", _folder.File("setpriv"), "--pdeathsig", "KILL", "--", "/usr/bin/layer", "a b", "c",
            ],
            confinement.Command(s_options, "unit").ToArray());
    }

    [Fact]
    public async Task Without_one_it_gets_limits_of_its_own()
    {
        await MakeProgramAsync("systemd-run", "echo 'Failed to connect to bus' >&2; exit 1");
        foreach (string program in (string[])["true", "setpriv", "prlimit", "nice"]) await MakeProgramAsync(program, "exit 0");
        Confinement confinement = Confinement.Probe(_folder.Path);
        Assert.Equal("rlimit and nice; a CPU limit needs a systemd user manager", confinement.Description);
        Assert.Equal(
            [
                _folder.File("setpriv"), "--pdeathsig", "KILL", "--", _folder.File("prlimit"), "--data=314572800", "--fsize=314572800", "--core=0", "--",
                _folder.File("nice"), "-n", "5", "--", "/usr/bin/layer", "a b", "c",
            ],
            confinement.Command(s_options, "unit").ToArray());
    }

    [Fact]
    public void Where_there_is_nothing_it_runs_and_that_is_said()
    {
        Confinement confinement = Confinement.Probe(_folder.Path);
        Assert.StartsWith("none", confinement.Description, StringComparison.Ordinal);
        Assert.Equal(["/usr/bin/layer", "a b", "c"], confinement.Command(s_options, "unit").ToArray());
    }

    private async Task MakeProgramAsync(string name, string script)
    {
        await File.WriteAllTextAsync(_folder.File(name), $"#!/bin/sh\n{script}\n");
        await BuiltCamfx.RunProgramAsync("/bin/chmod", "+x", _folder.File(name));
    }
}
