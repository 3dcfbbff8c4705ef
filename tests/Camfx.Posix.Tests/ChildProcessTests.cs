using System.Text;

namespace Camfx.Posix.Tests;

public class ChildProcessTests
{
    private const long Patience = 20_000_000_000;

    [Fact]
    public void It_gets_its_arguments_and_environment_and_its_output_comes_through()
    {
        using Pipe pipe = Pipe.Create();
        using ChildProcess child = ChildProcess.Start("/bin/sh", ["-c", "echo \"$0 $1 $NAME\"; echo lost >&2", "a b", "ü"], ["NAME=value"], pipe.Writing);
        pipe.Writing.Dispose();
        Assert.Equal("a b ü value\nlost\n", ReadAll(pipe));
        Assert.Equal(new ProcessEnd(0, 0), AwaitEnd(child));
    }

    [Fact]
    public void Its_standard_input_is_empty()
    {
        using Pipe pipe = Pipe.Create();
        using ChildProcess child = ChildProcess.Start("/bin/cat", [], [], pipe.Writing);
        Assert.Equal(new ProcessEnd(0, 0), AwaitEnd(child));
    }

    [Fact]
    public void Its_exit_status_is_told_once_it_has_ended()
    {
        using Pipe pipe = Pipe.Create();
        using ChildProcess child = ChildProcess.Start("/bin/sh", ["-c", "exit 7"], [], pipe.Writing);
        Assert.Equal(new ProcessEnd(7, 0), AwaitEnd(child));
        Assert.True(child.TryReap(out ProcessEnd again));
        Assert.Equal(7, again.ExitStatus);
    }

    [Fact]
    public void A_living_one_cannot_be_reaped_and_is_killed_with_its_group_when_disposed()
    {
        using Pipe pipe = Pipe.Create();
        ChildProcess child = ChildProcess.Start("/bin/sh", ["-c", "sleep 600 & echo $!; wait"], ["PATH=/usr/bin:/bin"], pipe.Writing);
        int grandchild = int.Parse(ReadSome(pipe));
        Assert.False(child.TryReap(out _));
        Assert.True(Directory.Exists($"/proc/{grandchild}"));
        child.Dispose();
        pipe.Writing.Dispose();

        // The end of the pipe: whoever had it open is gone.
        Assert.Equal("", ReadAll(pipe));
        child.Dispose();
    }

    [Fact]
    public void A_signal_that_killed_it_is_told()
    {
        using Pipe pipe = Pipe.Create();
        using ChildProcess child = ChildProcess.Start("/bin/sleep", ["600"], [], pipe.Writing);
        child.Terminate();
        Assert.Equal(new ProcessEnd(-1, 15), AwaitEnd(child));
        child.Kill();
    }

    [Fact]
    public void The_signals_this_process_ignores_are_its_own_again()
    {
        // The runtime ignores SIGPIPE (13): bit 12 of SigIgn.
        using Pipe pipe = Pipe.Create();
        using ChildProcess child = ChildProcess.Start("/bin/grep", ["-E", "SigIgn|SigBlk", "/proc/self/status"], [], pipe.Writing);
        pipe.Writing.Dispose();
        foreach (string line in ReadAll(pipe).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Equal(0, Convert.ToInt64(line[(line.IndexOf(':') + 1)..].Trim(), 16) & 1 << 12);
        AwaitEnd(child);
    }

    [Theory]
    [InlineData("/nonexistent/program", "ENOENT")]
    [InlineData("/etc/passwd", "EACCES")]
    public void What_cannot_be_started_is_an_error(string path, string errno)
    {
        using Pipe pipe = Pipe.Create();
        PosixException failure = Assert.Throws<PosixException>(() => ChildProcess.Start(path, [], [], pipe.Writing));
        Assert.Equal(errno, failure.ErrnoName);
        Assert.Contains($"Could not start '{path}'", failure.Message, StringComparison.Ordinal);
    }

    private static ProcessEnd AwaitEnd(ChildProcess child)
    {
        Assert.Equal(1, Poll.Wait([new PollDescriptor(child.Descriptor, PollEvents.Readable)], Patience));
        Assert.True(child.TryReap(out ProcessEnd end));
        return end;
    }

    private static string ReadSome(Pipe pipe)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, pipe.Read(buffer));
    }

    private static string ReadAll(Pipe pipe)
    {
        var text = new StringBuilder();
        while (ReadSome(pipe) is { Length: > 0 } some) text.Append(some);
        return text.ToString();
    }
}
