namespace Camfx.Posix.Tests;

public sealed class KernelReleaseTests
{
    [Fact]
    public void The_release_is_the_one_that_proc_tells() => Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").TrimEnd('\n'), KernelRelease.Name);
}
