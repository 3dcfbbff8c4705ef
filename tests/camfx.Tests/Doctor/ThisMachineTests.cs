using Camfx.Doctor;
using Camfx.Doctor.Machine;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Doctor;

/// <summary>The real machine behind the seam.</summary>
public sealed class ThisMachineTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void FilesAreReadBelowTheRoot()
    {
        Directory.CreateDirectory(_root.File("etc/x"));
        File.WriteAllBytes(_root.File("etc/b"), [6, 0, 255]);
        MachineFiles files = new(_root.Path);
        Assert.Equal("\x06\0\xff", files.Read("/etc/b"));
        Assert.Equal(["/etc/b", "/etc/x"], files.List("/etc"));
        Assert.True(files.Exists("/etc/x"));
        Assert.Null(files.Read("/etc/none"));
        Assert.Null(files.Read("/etc/x"));
        Assert.Empty(files.List("/none"));
        Assert.False(files.Exists("/none"));
    }

    [Fact]
    public void ProgramsAreRunForTheirOutput()
    {
        MachineFiles files = new();
        Assert.Equal("a b\n", files.Run("echo", "a b"));
        Assert.Equal("x\n", files.Run("sh", "-c", "echo x; echo y >&2; exit 1"));
        Assert.Null(files.Run("no-such-program"));
    }

    [Fact]
    public void ProcessesAreListed()
    {
        Directory.CreateDirectory(_root.File("42"));
        Directory.CreateDirectory(_root.File("43"));
        File.WriteAllText(_root.File("42/comm"), "v4l2-relayd\n");
        File.WriteAllText(_root.File("42/cmdline"), "/usr/bin/v4l2-relayd\0-i\0");
        RunningProcess process = Assert.Single(new MachineProcesses(_root.Path).List());
        Assert.Equal((42, "v4l2-relayd"), (process.Id, process.Name));
        Assert.Equal(["/usr/bin/v4l2-relayd", "-i"], process.Arguments);
    }

    [Fact]
    public void EveryCheckLooksAtAnEmptyMachineAndAtThisOne()
    {
        Assert.Equal(AllChecks.List.Count, AllChecks.List.Select(static check => check.Topic).Distinct(StringComparer.Ordinal).Count());
        foreach (IMachine machine in new IMachine[] { new PlayedMachine(), new ThisMachine() })
        {
            foreach (Finding finding in AllChecks.List.SelectMany(check => check.Look(machine)))
            {
                Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', finding.Message + finding.Remedy);
            }
        }
    }
}
